import type { Scenario } from './scenario.ts';

export const headAndSpine: readonly Scenario[] = [
  {
    id: 'ct-head',
    exams: ['CT HEAD WITHOUT CONTRAST', 'CT BRAIN W/O', 'CT HEAD'],
    modality: 'CT',
    bodyPart: 'HEAD',
    contrast: false,
    indications: ['Fall, on anticoagulation.', 'Sudden headache.', 'Confusion since this morning.'],
    techniques: ['Unenhanced axial CT of the head.', 'CT head, 5 mm slices, no contrast given.'],
    foreignTechniques: [
      'CT of the head after injection of iodinated contrast.',
      'MRI of the brain including diffusion.',
    ],
    normals: [
      ['Ventricles and sulci are normal for age.', 'Ventricular system: not enlarged.'],
      ['Grey-white differentiation is preserved.', 'Normal attenuation of the parenchyma.'],
      ['The calvarium is intact.', 'Skull: unremarkable.'],
      ['Paranasal sinuses are clear.', 'Mild mucosal thickening of the maxillary sinuses.'],
    ],
    normalImpressions: [
      'No acute intracranial abnormality.',
      'Unremarkable CT of the head.',
      'No acute intracranial haemorrhage.',
    ],
    abnormal: [
      {
        found: [
          'Crescentic subdural haematoma over the {side} convexity, {size} thick.',
          'There is a {side} subdural haemorrhage measuring {size} in thickness.',
        ],
        concluded: ['{side} subdural haematoma of {size}.', 'Acute {side} subdural haemorrhage, {size}.'],
        denied: ['No intracranial haemorrhage or haematoma.', 'No haemorrhage.'],
        sizeMm: [4, 28],
      },
      {
        found: ['Midline shift of {size} to the {other}.', 'There is {size} of midline shift towards the {other}.'],
        concluded: ['Midline shift of {size}.', 'Mass effect with {size} midline shift.'],
        denied: ['No midline shift.', 'Without midline shift.'],
        sizeMm: [3, 15],
      },
      {
        found: [
          'Loss of grey-white differentiation in the {side} MCA territory, in keeping with infarction.',
          'Low attenuation in the {side} insula: acute infarct.',
        ],
        concluded: ['Acute {side} MCA infarct.', '{side} MCA territory infarction.'],
        denied: ['No infarct.', 'No established infarction.'],
      },
    ],
    slips: [
      { denied: 'No hydrocephalus.', lost: 'Hydrocephalus.', again: 'There is no hydrocephalus.' },
      { denied: 'No skull fracture.', lost: 'Skull fracture.', again: 'No fracture of the skull is identified.' },
    ],
    misheard: [
      {
        found: 'A hypodense lesion lies in the {side} frontal lobe.',
        concluded: 'Hypodense {side} frontal lesion, MR advised.',
        misheard: 'Hyperdense {side} frontal lesion, MR advised.',
      },
    ],
  },
  {
    id: 'mr-brain',
    exams: ['MRI BRAIN W AND WO CONTRAST', 'MR BRAIN WITH CONTRAST'],
    modality: 'MR',
    bodyPart: 'BRAIN',
    contrast: true,
    indications: ['Known melanoma, staging.', 'Seizure.', 'Headache.'],
    techniques: [
      'Multiplanar MRI of the brain before and after intravenous gadolinium.',
      'MR brain with and without contrast.',
    ],
    foreignTechniques: ['MRI of the brain without intravenous contrast.', 'Helical CT of the brain.'],
    normals: [
      ['No restricted diffusion.', 'Diffusion is normal.'],
      ['The ventricles are of normal size.', 'Normal sulci and ventricles.'],
      ['Flow voids are preserved.', 'Major vessels: normal flow voids.'],
      ['The pituitary is unremarkable.', 'Posterior fossa: normal.'],
    ],
    normalImpressions: ['Normal MRI of the brain.', 'No intracranial metastasis.'],
    abnormal: [
      {
        found: [
          'Enhancing mass of {size} in the {side} temporal lobe.',
          'A ring-enhancing {side} temporal mass measures {size}.',
        ],
        concluded: [
          '{side} temporal mass, {size}, suspicious for metastasis.',
          'Enhancing {size} mass of the {side} temporal lobe.',
        ],
        denied: ['No mass.', 'No enhancing mass.'],
        sizeMm: [7, 46],
      },
      {
        found: [
          'Restricted diffusion in the {side} thalamus, acute lacunar infarct.',
          'Acute infarct of the {side} pons.',
        ],
        concluded: ['Acute {side} infarct.', 'Acute lacunar infarct on the {side}.'],
        denied: ['No acute infarct.', 'No infarct.'],
      },
    ],
    slips: [{ denied: 'No hydrocephalus.', lost: 'Hydrocephalus.', again: 'There is no hydrocephalus or herniation.' }],
    misheard: [
      {
        found: 'Several T2 hyperintense foci in the periventricular white matter.',
        concluded: 'Periventricular hyperintense foci, nonspecific.',
        misheard: 'Periventricular hypointense foci, nonspecific.',
      },
    ],
  },
  {
    id: 'c-spine',
    exams: ['CT C-SPINE', 'CT CERVICAL SPINE WITHOUT CONTRAST'],
    modality: 'CT',
    bodyPart: 'CSPINE',
    contrast: false,
    indications: ['Motor vehicle collision.', 'Neck pain after a fall down stairs.'],
    techniques: [
      'CT of the cervical spine with sagittal and coronal reformats.',
      'Thin section CT of the cervical spine without contrast.',
    ],
    foreignTechniques: ['MRI of the cervical spine, STIR and T2.', 'Lateral radiographs of the cervical spine.'],
    normals: [
      ['Alignment is anatomic.', 'Cervical lordosis is straightened.'],
      ['Vertebral body heights are maintained.', 'Vertebral bodies: normal height.'],
      ['The prevertebral soft tissues are not thickened.', 'Normal prevertebral soft tissues.'],
      ['Mild facet arthropathy at C5-C6.', 'Disc spaces are preserved.'],
    ],
    normalImpressions: [
      'No acute fracture or malalignment of the cervical spine.',
      'No traumatic abnormality of the cervical spine.',
    ],
    abnormal: [
      {
        found: [
          'Fracture through the base of the dens with {size} of posterior displacement.',
          'Type II dens fracture, displaced {size}.',
        ],
        concluded: ['Type II dens fracture.', 'Displaced fracture of the dens, {size}.'],
        denied: ['No fracture.', 'No cervical fracture.'],
        sizeMm: [2, 9],
      },
      {
        found: [
          'Fracture of the {side} C6 articular pillar.',
          'The {side} C6 lateral mass is fractured; comminuted fracture.',
        ],
        concluded: ['{side} C6 fracture.', 'Fracture of the {side} C6 lateral mass.'],
        denied: ['No acute fracture.', 'No evidence of fracture.'],
      },
    ],
    slips: [{ denied: 'No subluxation.', lost: 'Subluxation.', again: 'There is no subluxation.' }],
    misheard: [
      {
        found: 'Anterior subluxation of C5 on C6.',
        concluded: 'Anterior C5 subluxation.',
        misheard: 'Posterior C5 subluxation.',
      },
    ],
  },
  {
    id: 'l-spine',
    exams: ['MR LUMBAR SPINE', 'MRI LUMBAR SPINE WITHOUT CONTRAST'],
    modality: 'MR',
    bodyPart: 'LSPINE',
    contrast: false,
    indications: ['Low back pain, sciatica.', 'Suspected cauda equina syndrome.'],
    techniques: ['Sagittal and axial MRI of the lumbar spine.', 'MR of the lumbar spine without contrast.'],
    foreignTechniques: ['CT of the lumbar spine.', 'MR of the lumbar spine after intravenous gadobutrol.'],
    normals: [
      ['The conus ends at L1.', 'Conus medullaris: normal.'],
      ['Vertebral marrow signal is normal.', 'No marrow oedema of the vertebrae.'],
      ['Mild disc desiccation at L4-L5.', 'Facet joints are unremarkable.'],
      ['Spinal canal is of normal width.', 'No central canal narrowing.'],
    ],
    normalImpressions: ['No cauda equina compression.', 'No significant disc disease.'],
    abnormal: [
      {
        found: [
          'At L5-S1 a {side} paracentral disc extrusion of {size} displaces the S1 root.',
          '{side} subarticular extrusion at L5-S1, {size}, touching the S1 root.',
        ],
        concluded: ['{side} L5-S1 disc extrusion with S1 contact.', 'L5-S1 extrusion to the {side}, {size}.'],
        denied: ['No disc extrusion.', 'No extrusion.'],
        sizeMm: [4, 12],
      },
      {
        found: ['Severe spinal canal stenosis at L4-L5.', 'High grade canal stenosis at L4-L5.'],
        concluded: ['Severe L4-L5 canal stenosis.', 'Canal stenosis at L4-L5, severe.'],
        denied: ['No canal stenosis.', 'There is no stenosis.'],
      },
    ],
    slips: [{ denied: 'No spondylolisthesis.', lost: 'Spondylolisthesis.', again: 'There is no spondylolisthesis.' }],
    misheard: [
      {
        found: 'T1 hypointense signal of the L3 vertebral body.',
        concluded: 'Hypointense L3 vertebral body, indeterminate.',
        misheard: 'Hyperintense L3 vertebral body, indeterminate.',
      },
    ],
  },
  {
    id: 'thyroid',
    exams: ['US THYROID', 'ULTRASOUND THYROID AND NECK'],
    modality: 'US',
    bodyPart: 'NECK',
    indications: ['Palpable nodule.', 'Goitre.'],
    techniques: ['High resolution ultrasound of the thyroid.', 'Greyscale and Doppler sonography of the neck.'],
    foreignTechniques: ['CT of the neck.', 'MRI of the neck.'],
    normals: [
      ['Isthmus of normal thickness.', 'The isthmus is thin.'],
      ['Homogeneous parenchyma.', 'Normal vascularity of the thyroid.'],
      ['No enlarged cervical nodes.', 'Cervical lymph nodes are of normal shape.'],
    ],
    normalImpressions: ['Normal thyroid ultrasound.', 'No thyroid nodule.'],
    abnormal: [
      {
        found: [
          'Solid hypoechoic nodule of {size} in the {side} lobe.',
          'In the {side} lobe a solid nodule measures {size}.',
        ],
        concluded: ['{size} solid nodule of the {side} thyroid lobe, TI-RADS 4.', '{side} thyroid nodule, {size}.'],
        denied: ['No nodule.', 'No thyroid nodule.'],
        sizeMm: [8, 34],
      },
    ],
    slips: [
      { denied: 'No lymphadenopathy.', lost: 'Lymphadenopathy.', again: 'There is no cervical lymphadenopathy.' },
    ],
    misheard: [
      {
        found: 'The gland is diffusely hypervascular.',
        concluded: 'Hypervascular gland, thyroiditis likely.',
        misheard: 'Hypovascular gland, thyroiditis likely.',
      },
    ],
    removed: {
      organ: 'thyroid',
      history: ['Status post total thyroidectomy.', 'After thyroidectomy, follow-up.'],
      untrue: ['The thyroid is normal in size and echotexture.', 'Thyroid: unremarkable.'],
      fits: 'The thyroid bed is empty.',
    },
  },
];
