import type { Scenario } from './scenario.ts';

export const body: readonly Scenario[] = [
  {
    id: 'pulmonary-embolism',
    exams: ['CTA CHEST PE PROTOCOL', 'CT PULMONARY ANGIOGRAM'],
    modality: 'CT',
    bodyPart: 'CHEST',
    contrast: true,
    indications: ['Dyspnoea, raised D-dimer.', 'Tachycardia after surgery.'],
    techniques: [
      'CT pulmonary angiography after 70 mL of intravenous contrast.',
      'Contrast-enhanced CT of the chest timed to the pulmonary arteries.',
    ],
    foreignTechniques: ['Noncontrast CT of the chest.', 'Frontal chest radiograph.'],
    normals: [
      ['The main pulmonary artery is of normal calibre.', 'Opacification of the pulmonary arteries is good.'],
      ['The thoracic aorta is unremarkable.', 'Aorta: no dissection.'],
      ['Trachea and main bronchi are patent.', 'Airways: patent.'],
      ['Upper abdomen: unremarkable.', 'Small hiatal hernia.'],
    ],
    normalImpressions: ['No pulmonary embolism.', 'Negative for acute pulmonary embolism.'],
    abnormal: [
      {
        found: [
          'Filling defects in the {side} lower lobe arteries, in keeping with pulmonary embolism.',
          'Pulmonary emboli in segmental branches of the {side} lower lobe.',
        ],
        concluded: ['Acute {side} pulmonary embolism.', '{side} lower lobe pulmonary emboli.'],
        denied: ['No pulmonary embolism.', 'No evidence of pulmonary embolism.'],
      },
      {
        found: [
          'Spiculated nodule of {size} in the {side} upper lobe.',
          'There is a {size} nodule in the {side} upper lobe.',
        ],
        concluded: ['{side} upper lobe nodule, {size}, follow-up advised.', '{size} nodule of the {side} upper lobe.'],
        denied: ['No pulmonary nodule.', 'No nodule.'],
        sizeMm: [5, 24],
      },
    ],
    slips: [
      { denied: 'No pericardial effusion.', lost: 'Pericardial effusion.', again: 'There is no pericardial effusion.' },
    ],
    misheard: [
      {
        found: 'Wedge-shaped opacity in the right lower lobe.',
        concluded: 'Right lower lobe opacity, possible infarct.',
        misheard: 'Right upper lobe opacity, possible infarct.',
      },
    ],
  },
  {
    id: 'abdomen-pelvis',
    exams: ['CT ABDOMEN AND PELVIS W CONTRAST', 'CT ABD/PELV WITH IV CONTRAST'],
    modality: 'CT',
    bodyPart: 'ABDOMEN',
    contrast: true,
    indications: ['Right lower quadrant pain.', 'Abdominal pain and vomiting.', 'Left flank pain, fever.'],
    techniques: [
      'Portal venous phase CT of the abdomen and pelvis following intravenous contrast.',
      'CT abdomen and pelvis with intravenous contrast.',
    ],
    foreignTechniques: ['CT of the abdomen and pelvis without intravenous contrast.', 'MRI of the abdomen with MRCP.'],
    normals: [
      ['The liver is normal in size and attenuation.', 'Liver: no focal lesion.'],
      ['Spleen and adrenal glands are normal.', 'The adrenals are unremarkable.'],
      ['The pancreas is unremarkable.', 'Pancreas: homogeneous enhancement.'],
      ['No free fluid.', 'No intraperitoneal free fluid or air.'],
      ['Simple cyst of the right kidney.', 'Both kidneys enhance symmetrically.'],
    ],
    normalImpressions: ['No acute abnormality of the abdomen or pelvis.', 'No cause of the pain is found.'],
    abnormal: [
      {
        found: [
          'The appendix is dilated to {size} with surrounding stranding, consistent with appendicitis.',
          'Acute appendicitis: the appendix measures {size} and its wall enhances.',
        ],
        concluded: ['Acute appendicitis.', 'Uncomplicated appendicitis, diameter {size}.'],
        denied: ['No appendicitis.', 'No sign of appendicitis.'],
        sizeMm: [9, 18],
      },
      {
        found: [
          'Obstructing calculus of {size} in the {side} distal ureter with hydronephrosis.',
          'A {size} stone lies in the {side} ureter; moderate hydronephrosis.',
        ],
        concluded: [
          '{size} ureteral stone on the {side} with hydronephrosis.',
          '{side} hydronephrosis from a {size} calculus.',
        ],
        denied: ['No hydronephrosis.', 'No stone, no hydronephrosis.'],
        sizeMm: [3, 11],
      },
      {
        found: [
          'Dilated small bowel loops with a transition point: small bowel obstruction.',
          'Features of small bowel obstruction.',
        ],
        concluded: ['Small bowel obstruction.', 'Mechanical bowel obstruction.'],
        denied: ['No bowel obstruction.', 'Bowel obstruction is excluded.'],
      },
    ],
    slips: [
      { denied: 'No free air.', lost: 'Free air.', again: 'There is no free air.' },
      { denied: 'No diverticulitis.', lost: 'Diverticulitis.', again: 'Sigmoid diverticula without diverticulitis.' },
    ],
    misheard: [
      {
        found: 'A hypervascular lesion in segment 7 of the liver.',
        concluded: 'Hypervascular liver lesion, MRI advised.',
        misheard: 'Hypovascular liver lesion, MRI advised.',
      },
    ],
    removed: {
      organ: 'gallbladder',
      history: ['Prior cholecystectomy.', 'History of cholecystectomy 2011.', 'Post cholecystectomy.'],
      untrue: ['The gallbladder is unremarkable.', 'Gallbladder: normal, no stones.'],
      fits: 'The gallbladder is surgically absent.',
    },
  },
  {
    id: 'upper-quadrant',
    exams: ['US ABDOMEN LIMITED RUQ', 'ULTRASOUND ABDOMEN RIGHT UPPER QUADRANT'],
    modality: 'US',
    bodyPart: 'ABDOMEN',
    indications: ['Biliary colic.', 'Abnormal liver tests.'],
    techniques: ['Ultrasound of the right upper quadrant.', 'Greyscale sonography of liver and biliary tree.'],
    foreignTechniques: ['CT of the upper abdomen.', 'MR cholangiography, MRCP.'],
    normals: [
      ['Liver echotexture is homogeneous.', 'The liver is mildly echogenic, in keeping with steatosis.'],
      ['The common bile duct measures 4 mm.', 'Common duct 5 mm, not dilated.'],
      ['The pancreas is obscured by gas.', 'Visualised pancreas is normal.'],
      ['Right kidney: normal.', 'The right kidney is 11 cm long.'],
    ],
    normalImpressions: ['Normal right upper quadrant ultrasound.', 'No biliary dilatation.'],
    abnormal: [
      {
        found: ['Mobile gallstones, the largest {size}.', 'Cholelithiasis with stones up to {size}.'],
        concluded: ['Cholelithiasis, stones up to {size}.', 'Gallstones without cholecystitis.'],
        denied: ['No gallstones or cholelithiasis.', 'No cholelithiasis, no gallstones.'],
        sizeMm: [5, 24],
      },
      {
        found: [
          'Distended gallbladder with a positive Murphy sign, acute cholecystitis.',
          'Wall thickening and fluid around the gallbladder suggest cholecystitis.',
        ],
        concluded: ['Acute cholecystitis.', 'Findings of acute cholecystitis.'],
        denied: ['No cholecystitis.', 'No evidence of cholecystitis.'],
      },
    ],
    slips: [{ denied: 'No ascites.', lost: 'Ascites.', again: 'There is no ascites.' }],
    misheard: [
      {
        found: 'Hyperechoic lesion of 14 mm in the right lobe of the liver.',
        concluded: 'Hyperechoic 14 mm liver lesion, probable haemangioma.',
        misheard: 'Hypoechoic 14 mm liver lesion, probable haemangioma.',
      },
    ],
    removed: {
      organ: 'gallbladder',
      history: ['Had a cholecystectomy years ago.', 'S/p laparoscopic cholecystectomy.'],
      untrue: ['The gallbladder is normal without stones.', 'Normal gallbladder.'],
      fits: 'Gallbladder removed.',
    },
  },
  {
    id: 'female-pelvis',
    exams: ['US PELVIS TRANSVAGINAL', 'US PELVIS COMPLETE'],
    modality: 'US',
    bodyPart: 'PELVIS',
    sex: 'F',
    indications: ['Pelvic pain.', 'Irregular bleeding.'],
    techniques: ['Transabdominal and transvaginal ultrasound of the pelvis.', 'Endovaginal sonography.'],
    foreignTechniques: ['CT of the pelvis.', 'MRI of the pelvis.'],
    normals: [
      ['The uterus is anteverted.', 'Uterus: normal size.'],
      ['Endometrium of 7 mm.', 'The endometrial stripe is thin.'],
      ['Trace physiological fluid in the pouch of Douglas.', 'No free pelvic fluid.'],
      ['Both ovaries show normal flow.', 'Ovaries: normal follicles.'],
    ],
    normalImpressions: ['Normal pelvic ultrasound.', 'No adnexal abnormality.'],
    abnormal: [
      {
        found: ['Simple cyst of {size} in the {side} ovary.', 'A thin-walled {side} ovarian cyst measures {size}.'],
        concluded: ['{size} simple cyst of the {side} ovary.', '{side} ovarian cyst, {size}.'],
        denied: ['No ovarian cyst.', 'No cyst.'],
        sizeMm: [24, 68],
      },
    ],
    slips: [{ denied: 'No hydrosalpinx.', lost: 'Hydrosalpinx.', again: 'There is no hydrosalpinx.' }],
    misheard: [
      {
        found: 'Hypoechoic fibroid at the fundus.',
        concluded: 'Hypoechoic fundal fibroid.',
        misheard: 'Hyperechoic fundal fibroid.',
      },
    ],
    removed: {
      organ: 'uterus',
      history: ['Status post hysterectomy.', 'Hysterectomy for fibroids in the past.'],
      untrue: ['The uterus is of normal size and shape.', 'Uterus: unremarkable.'],
      fits: 'The vaginal cuff is smooth.',
    },
  },
  {
    id: 'scrotum',
    exams: ['US SCROTUM', 'US TESTICLES WITH DOPPLER'],
    modality: 'US',
    bodyPart: 'SCROTUM',
    sex: 'M',
    indications: ['Acute scrotal pain.', 'Swelling.'],
    techniques: ['Greyscale and colour Doppler ultrasound of the scrotum.', 'Scrotal sonography with Doppler.'],
    foreignTechniques: ['MRI of the scrotum.', 'CT of the pelvis.'],
    normals: [
      ['Both testes are homogeneous.', 'Testes: symmetric in size.'],
      ['Symmetrical testicular perfusion.', 'Normal Doppler flow on both sides.'],
      ['No hydrocele.', 'Trace fluid within the tunica vaginalis.'],
    ],
    normalImpressions: ['Normal scrotal ultrasound.', 'No testicular torsion.'],
    abnormal: [
      {
        found: [
          'The {side} epididymis is swollen and hyperaemic: epididymitis.',
          'Findings of epididymitis on the {side}.',
        ],
        concluded: ['{side} epididymitis.', 'Acute epididymitis, {side}.'],
        denied: ['No epididymitis.', 'There is no epididymitis.'],
      },
      {
        found: ['Solid mass of {size} in the {side} testis.', 'A {size} intratesticular mass on the {side}.'],
        concluded: [
          '{side} testicular mass, {size}, urology referral.',
          'Intratesticular mass of {size} on the {side}.',
        ],
        denied: ['No testicular mass.', 'No mass.'],
        sizeMm: [7, 36],
      },
    ],
    slips: [{ denied: 'No varicocele.', lost: 'Varicocele.', again: 'There is no varicocele.' }],
    misheard: [
      {
        found: 'A hypoechoic area at the upper pole of the left testis.',
        concluded: 'Hypoechoic area of the left testis.',
        misheard: 'Hyperechoic area of the left testis.',
      },
    ],
  },
  {
    id: 'prostate',
    exams: ['MR PROSTATE W AND WO CONTRAST', 'MRI PROSTATE MULTIPARAMETRIC WITH CONTRAST'],
    modality: 'MR',
    bodyPart: 'PROSTATE',
    contrast: true,
    sex: 'M',
    indications: ['PSA of 8.', 'Previous negative biopsy.'],
    techniques: [
      'Multiparametric MRI of the prostate with intravenous gadolinium.',
      'MR of the prostate: T2, diffusion and dynamic post-contrast series.',
    ],
    foreignTechniques: ['Biparametric MR of the prostate without contrast.', 'CT of the pelvis.'],
    normals: [
      ['Seminal vesicles are symmetric.', 'The seminal vesicles are normal.'],
      ['No pelvic lymph node enlargement.', 'Pelvic nodes: not enlarged.'],
      ['Marrow signal of the pelvis is normal.', 'No osseous lesion.'],
      ['Nodular transition zone, in keeping with benign hyperplasia.', 'Bladder: unremarkable.'],
    ],
    normalImpressions: ['PI-RADS 1, no suspicious lesion.', 'No suspicious focus of the prostate.'],
    abnormal: [
      {
        found: [
          'Lesion of {size} in the {side} peripheral zone with restricted diffusion.',
          'Focal lesion, {side} peripheral zone, {size}, dark on ADC.',
        ],
        concluded: [
          'PI-RADS 4 lesion of the {side} peripheral zone, {size}.',
          '{side} peripheral zone lesion, {size}, PI-RADS 5.',
        ],
        denied: ['No lesion.', 'No focal lesion.'],
        sizeMm: [6, 24],
      },
    ],
    slips: [
      {
        denied: 'No extraprostatic extension.',
        lost: 'Extraprostatic extension.',
        again: 'There is no extraprostatic extension.',
      },
    ],
    misheard: [
      {
        found: 'Markedly hypointense lesion at the apex.',
        concluded: 'Hypointense apical lesion.',
        misheard: 'Hyperintense apical lesion.',
      },
    ],
    removed: {
      organ: 'prostate',
      history: ['Biochemical recurrence after radical prostatectomy.', 'Status post prostatectomy.'],
      untrue: ['The prostate is normal in size.', 'Prostate: normal zonal anatomy.'],
      fits: 'No soft tissue in the prostate bed.',
    },
  },
];
