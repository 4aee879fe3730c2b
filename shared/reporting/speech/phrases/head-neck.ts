import type { PhraseStock } from './phrase-stock.ts';

export const HEAD: PhraseStock = {
  bodyParts: ['HEAD', 'BRAIN', 'SKULL', 'WHOLEBODY'],
  findings:
    'intracranial hemorrhage|subdural hemorrhage|intracranial metastasis|intracranial metastases|subdural hematoma/s|epidural hematoma/s|subarachnoid hemorrhage|intraparenchymal hemorrhage|intraventricular hemorrhage|microhemorrhage/s|midline shift|mass effect|infarct/s|infarction|acute infarct|lacunar infarct/s|ischemic change/s|ischemia|early ischemic change|hypodensity|hypodensities|hyperdense vessel|hyperdensity|hydrocephalus|herniation|skull fracture/s|calvarial fracture/s|depressed fracture|white matter change/s|small vessel disease|small vessel ischemic change/s|small vessel ischemic disease|restricted diffusion|abnormal enhancement|extra axial collection/s|extra axial fluid collection/s|sinusitis|mucosal thickening|sinus disease|mastoid effusion/s|atrophy|volume loss|encephalomalacia|gliosis|meningioma|tumor/s|vasogenic edema|cerebral edema|flair hyperintensity|flair hyperintensities|t two hyperintensity|t two hyperintensities|superficial siderosis|venous sinus thrombosis|large vessel occlusion|occlusion|vascular malformation|demyelination|demyelinating lesion/s|chiari malformation|empty sella|loss of gray white differentiation|contusion/s|germinal matrix hemorrhage|periventricular leukomalacia|ventriculomegaly|scalp hematoma|scalp swelling|craniotomy|shunt|shunt catheter|pneumocephalus'.split(
      '|',
    ),
  structures:
    'ventricles|ventricular system|ventricles and sulci|sulci|basal cisterns|cisterns|gray white differentiation|gray white matter differentiation|brain parenchyma|brain|parenchyma|calvarium|skull|skull base|orbits|globes|paranasal sinuses|sinuses|visualized sinuses|mastoid air cells|mastoids|brainstem|cerebellum|posterior fossa|pituitary|pituitary gland|corpus callosum|flow voids|major flow voids|intracranial vessels|dural venous sinuses|venous sinuses|circle of willis|midline structures|cerebellar tonsils|internal auditory canals|basal ganglia|cerebral hemispheres|sutures|scalp|soft tissues'.split(
      '|',
    ),
  places:
    'frontal lobe|parietal lobe|temporal lobe|occipital lobe|insula|basal ganglia|thalamus|pons|medulla|midbrain|brainstem|cerebellum|cerebellar hemisphere|corona radiata|centrum semiovale|internal capsule|caudate|lentiform nucleus|hippocampus|periventricular white matter|subcortical white matter|deep white matter|white matter|lateral ventricle|third ventricle|fourth ventricle|m c a territory|a. c a. territory|p c a territory|middle cerebral artery|anterior cerebral artery|posterior cerebral artery|basilar artery|m one segment|m two segment|maxillary sinus|maxillary sinuses|ethmoid air cells|sphenoid sinus|frontal sinus|cerebral convexity|convexity|falx|tentorium|sella|orbit|scalp|frontal bone|parietal bone|temporal bone|hemisphere|frontal|parietal|temporal|occipital|parafalcine|periventricular'.split(
      '|',
    ),
  sentences: [
    'No acute intracranial hemorrhage, mass effect or midline shift.',
    'No intracranial hemorrhage.',
    'No mass effect or midline shift.',
    'No midline shift.',
    'No extra-axial collection.',
    'Gray-white differentiation is preserved.',
    'The ventricles are normal in size.',
    'The ventricles and sulci are normal for age.',
    'The ventricles and sulci are prominent, consistent with age related volume loss.',
    'The basal cisterns are patent.',
    'The calvarium is intact.',
    'The paranasal sinuses and mastoid air cells are clear.',
    'Mucosal thickening of the maxillary sinuses.',
    'Mild mucosal thickening of the maxillary sinuses.',
    'No restricted diffusion.',
    'No abnormal enhancement.',
    'Major intracranial flow voids are preserved.',
    'Scattered T2 and FLAIR hyperintensities in the white matter.',
    'Mild small vessel ischemic change.',
    'No loss of gray-white differentiation.',
    'No hyperdense vessel sign.',
    'No large-vessel occlusion.',
    'Normal for age.',
  ],
  impressions: [
    'No acute intracranial abnormality.',
    'No acute intracranial hemorrhage.',
    'No acute intracranial process.',
    'No acute infarct.',
    'No acute intracranial hemorrhage or skull fracture.',
    'Unremarkable CT of the head.',
    'Normal MRI of the brain.',
    'Chronic small vessel ischemic changes.',
    'Acute subdural hematoma with midline shift.',
    'No large-vessel occlusion.',
  ],
  normals: [
    [
      'brain',
      'Gray-white differentiation is preserved. No acute intracranial hemorrhage, mass effect or midline shift.',
    ],
    ['head', 'No acute intracranial hemorrhage, mass effect or midline shift.'],
    ['ventricles', 'The ventricles and sulci are normal for age.'],
    ['skull', 'The calvarium is intact.'],
    ['sinuses', 'The paranasal sinuses and mastoid air cells are clear.'],
    ['orbits', 'The orbits are unremarkable.'],
    ['posterior fossa', 'The posterior fossa is unremarkable.'],
  ],
  reasons:
    'headache|sudden headache|confusion|altered mental status|seizure|seizures|syncope|head injury|loss of consciousness|slurred speech|facial droop|left sided weakness|right sided weakness|aphasia|transient ischemic attack|brain metastases|multiple sclerosis|memory loss|dementia|hydrocephalus|tremor|vertigo|visual loss|subdural hematoma'.split(
      '|',
    ),
};

export const NECK: PhraseStock = {
  bodyParts: ['NECK', 'CAROTID', 'THYROID'],
  findings:
    'thyroid nodule/s|cervical nodes|enlarged cervical nodes|lymph node/s|cervical lymphadenopathy|peritonsillar abscess|retropharyngeal abscess|retropharyngeal collection|airway narrowing|plaque|calcified plaque|atherosclerotic plaque|carotid stenosis|occlusion|dissection|aneurysm/s|thrombosis|salivary stone|sialadenitis|goiter|microcalcification/s|hypoechoic nodule/s|isoechoic nodule/s|solid nodule/s|cystic nodule/s|spongiform nodule|vascularity|increased vascularity|extrathyroidal extension|suspicious node/s|retrograde flow|tonsillar enlargement|epiglottitis|mucosal mass'.split(
      '|',
    ),
  structures:
    'airway|thyroid|thyroid gland|isthmus|right lobe|left lobe|parotid glands|submandibular glands|salivary glands|tonsils|epiglottis|vocal cords|larynx|pharynx|nasopharynx|oropharynx|lymph nodes|cervical lymph nodes|carotid arteries|internal carotid artery|internal carotid arteries|common carotid artery|vertebral arteries|vertebral artery|jugular veins|internal jugular vein|retropharyngeal space|prevertebral soft tissues|vertebral flow|lung apices|echotexture'.split(
      '|',
    ),
  places:
    'right lobe|left lobe|isthmus|thyroid|internal carotid artery|common carotid artery|external carotid artery|carotid bulb|carotid bifurcation|vertebral artery|level two|level three|level four|supraclavicular region|parotid gland|submandibular gland|tonsil|neck|upper pole|lower pole|interpolar region|origin|subclavian artery|basilar artery|m one segment|m two segment|cavernous segment'.split(
      '|',
    ),
  sentences: [
    'The airway is patent.',
    'No abscess or drainable fluid collection.',
    'No enlarged cervical lymph nodes.',
    'The thyroid is normal in size and echotexture.',
    'No hemodynamically significant stenosis.',
    'Antegrade flow in both vertebral arteries.',
    'No dissection, aneurysm or occlusion.',
    'The major salivary glands are unremarkable.',
    'Normal peak systolic velocities.',
  ],
  impressions: [
    'No significant carotid stenosis.',
    'No large-vessel occlusion, dissection or aneurysm.',
    'No abscess.',
    'Normal thyroid ultrasound.',
    'No suspicious cervical lymph nodes.',
  ],
  normals: [
    ['neck', 'The airway is patent. No enlarged cervical lymph nodes.'],
    ['thyroid', 'The thyroid is normal in size and echotexture.'],
    ['airway', 'The airway is patent.'],
    ['carotids', 'No hemodynamically significant stenosis of the carotid arteries.'],
    ['nodes', 'No enlarged cervical lymph nodes.'],
  ],
  reasons:
    'neck pain|sore throat|neck swelling|dysphagia|stridor|neck mass|thyroid nodule|goiter|carotid bruit|transient ischemic attack|hoarseness|lymphadenopathy|hypothyroidism|hyperthyroidism'.split(
      '|',
    ),
};
