import type { Scenario } from './scenario.ts';

export const chestAndLimbs: readonly Scenario[] = [
  {
    id: 'chest-radiograph',
    exams: ['XR CHEST 2 VIEWS', 'CHEST PA AND LATERAL', 'CXR PORTABLE'],
    modality: 'DX',
    bodyPart: 'CHEST',
    indications: ['Cough and fever for three days.', 'Shortness of breath, rule out pneumonia.', 'Chest pain.'],
    techniques: ['Frontal and lateral radiographs of the chest.', 'Two views of the chest.'],
    foreignTechniques: ['CT of the thorax in lung and soft tissue windows.', 'Axial MR sequences of the thorax.'],
    normals: [
      ['The lungs are clear.', 'Lungs: clear and well expanded.', 'Both lungs are well aerated.'],
      ['Heart size is within normal limits.', 'Cardiomediastinal contours are normal.', 'Heart: normal size.'],
      ['No pleural fluid.', 'The costophrenic sulci are sharp.', 'Pleura: no thickening.'],
      ['Osseous structures are unremarkable.', 'Mild degenerative change of the thoracic spine.'],
    ],
    normalImpressions: [
      'No acute cardiopulmonary abnormality.',
      'Normal chest.',
      'No radiographic evidence of pneumonia.',
    ],
    abnormal: [
      {
        found: [
          'Patchy airspace consolidation in the {side} lower zone.',
          'There is consolidation at the {side} lung base.',
        ],
        concluded: ['{side} basal pneumonia.', '{side} lower zone consolidation, likely infective.'],
        denied: ['No consolidation.', 'No focal pneumonia or consolidation.'],
      },
      {
        found: [
          'A {side} pneumothorax is seen, with an apical rim of {size}.',
          '{side} sided apical pneumothorax measuring {size}.',
        ],
        concluded: ['{side} pneumothorax.', 'Small {side} apical pneumothorax.'],
        denied: ['No pneumothorax.', 'Pneumothorax is not seen.'],
        sizeMm: [5, 25],
      },
      {
        found: [
          'Moderate {side} pleural effusion with adjacent atelectasis.',
          'The {side} costophrenic angle is blunted by an effusion.',
        ],
        concluded: ['{side} pleural effusion.', 'Moderate effusion on the {side}.'],
        denied: ['No pleural effusion.', 'Free of pleural effusion.'],
      },
    ],
    slips: [
      { denied: 'No pneumothorax.', lost: 'Pneumothorax.', again: 'There is no pneumothorax or effusion.' },
      {
        denied: 'No focal consolidation.',
        lost: 'Focal consolidation.',
        again: 'The lungs show no focal consolidation.',
      },
    ],
    misheard: [
      {
        found: 'The lungs are hyperinflated.',
        concluded: 'Hyperinflated lungs.',
        misheard: 'Hypoinflated lungs.',
      },
    ],
  },
  {
    id: 'wrist',
    exams: ['XR WRIST {SIDE} 3 VIEWS', 'X-RAY {SIDE} WRIST'],
    modality: 'CR',
    bodyPart: 'WRIST',
    isSided: true,
    indications: ['Fall on outstretched hand.', 'Pain after a bicycle accident.', 'Trauma, swelling.'],
    techniques: ['Three views of the {side} wrist.', 'PA, lateral and oblique views of the {side} wrist.'],
    foreignTechniques: ['Sagittal and coronal CT reformats of the {side} wrist.', 'MRI of the {side} wrist.'],
    normals: [
      ['Carpal alignment is maintained.', 'Normal alignment of the carpal rows.'],
      ['The scaphoid is intact.', 'Scaphoid: normal.'],
      ['Joint spaces are preserved.', 'No erosions.'],
      ['Soft tissues are unremarkable.', 'Mild soft tissue swelling of the {side} wrist.'],
    ],
    normalImpressions: [
      'No acute osseous abnormality of the {side} wrist.',
      'Normal {side} wrist.',
      'No fracture seen.',
    ],
    abnormal: [
      {
        found: [
          'Impacted fracture of the {side} distal radius with {size} of dorsal displacement.',
          'Distal radius fracture on the {side}, displaced by {size}.',
        ],
        concluded: ['{side} distal radius fracture.', 'Displaced fracture of the distal {side} radius.'],
        denied: ['No fracture.', 'No evidence of a fracture.'],
        sizeMm: [2, 9],
      },
      {
        found: [
          'Lucent line through the waist of the {side} scaphoid.',
          'Nondisplaced fracture of the {side} scaphoid waist.',
        ],
        concluded: ['Fracture of the {side} scaphoid waist.', '{side} scaphoid fracture.'],
        denied: ['The scaphoid is normal, there is no fracture.', 'No scaphoid fracture.'],
      },
    ],
    slips: [{ denied: 'No dislocation.', lost: 'Dislocation.', again: 'There is no dislocation.' }],
    misheard: [
      {
        found: 'Fracture of the proximal pole of the scaphoid on the {side}.',
        concluded: 'Proximal pole scaphoid fracture, {side}.',
        misheard: 'Distal pole scaphoid fracture, {side}.',
      },
    ],
  },
  {
    id: 'knee-mr',
    exams: ['MRI KNEE {SIDE} WITHOUT CONTRAST', 'MR {SIDE} KNEE'],
    modality: 'MR',
    bodyPart: 'KNEE',
    isSided: true,
    contrast: false,
    indications: ['Twisting injury.', 'Medial knee pain, locking.', 'Instability.'],
    techniques: [
      'Multiplanar MRI of the {side} knee without intravenous contrast.',
      'Routine MR sequences of the {side} knee.',
    ],
    foreignTechniques: [
      'CT of the {side} knee in bone window.',
      'MR of the {side} knee with intravenous gadolinium contrast.',
    ],
    normals: [
      ['The cruciate ligaments are intact.', 'ACL and PCL: intact.'],
      ['Collateral ligaments are normal.', 'MCL and LCL are continuous.'],
      ['The extensor mechanism is intact.', 'Quadriceps and patellar tendons are normal.'],
      ['No marrow oedema.', 'Bone marrow signal is normal.'],
    ],
    normalImpressions: ['Normal MRI of the {side} knee.', 'No internal derangement of the {side} knee.'],
    abnormal: [
      {
        found: [
          'Horizontal tear of the posterior horn of the medial meniscus of the {side} knee.',
          'There is a medial meniscal tear in the {side} knee.',
        ],
        concluded: ['{side} medial meniscus tear.', 'Tear of the medial meniscus, {side} knee.'],
        denied: ['No meniscal tear.', 'Menisci without a tear.'],
      },
      {
        found: [
          'Popliteal cyst of the {side} knee measuring {size}.',
          'A Baker cyst of {size} lies behind the {side} knee.',
        ],
        concluded: ['{size} Baker cyst, {side} knee.', 'Popliteal cyst of {size} on the {side}.'],
        denied: ['No popliteal or Baker cyst.', 'No cyst.'],
        sizeMm: [15, 48],
      },
    ],
    slips: [{ denied: 'No joint effusion.', lost: 'Joint effusion.', again: 'There is no effusion.' }],
    misheard: [
      {
        found: 'Hyperintense signal in the patellar tendon of the {side} knee.',
        concluded: 'Patellar tendon hyperintense, {side} knee, likely tendinopathy.',
        misheard: 'Patellar tendon hypointense, {side} knee, likely tendinopathy.',
      },
    ],
  },
  {
    id: 'leg-veins',
    exams: ['US VENOUS DUPLEX LOWER EXTREMITY {SIDE}', 'US {SIDE} LEG VEINS DVT'],
    modality: 'US',
    bodyPart: 'LEG',
    isSided: true,
    indications: ['Calf pain and swelling.', 'Leg swelling, suspected thrombosis.'],
    techniques: [
      'Compression and colour Doppler ultrasound of the {side} leg.',
      'Duplex sonography of the {side} lower extremity veins.',
    ],
    foreignTechniques: ['CT venography of the {side} leg.', 'Radiographs of the {side} leg.'],
    normals: [
      ['The {side} common femoral vein is fully compressible.', 'Common femoral vein: patent and compressible.'],
      ['Normal respiratory phasicity.', 'Flow is spontaneous and phasic.'],
      ['The great saphenous vein is patent.', 'No superficial thrombophlebitis.'],
    ],
    normalImpressions: ['No deep vein thrombosis of the {side} leg.', 'Negative for {side} lower extremity DVT.'],
    abnormal: [
      {
        found: [
          'Occlusive thrombus in the {side} popliteal vein.',
          'The {side} femoral vein does not compress and holds echogenic thrombus.',
        ],
        concluded: ['{side} deep vein thrombosis.', 'Acute DVT of the {side} leg.'],
        denied: ['No thrombus.', 'No deep vein thrombosis or thrombus.'],
      },
      {
        found: [
          'Fluid collection in the {side} popliteal fossa, {size} long.',
          'Popliteal cyst on the {side} of {size}.',
        ],
        concluded: ['{side} popliteal cyst, {size}.', 'Popliteal fluid collection on the {side} of {size}.'],
        denied: ['No popliteal cyst or fluid collection.', 'No cyst, no collection.'],
        sizeMm: [12, 44],
      },
    ],
    slips: [{ denied: 'No thrombus.', lost: 'Thrombus.', again: 'No intraluminal thrombus is seen.' }],
    misheard: [
      {
        found: 'A hypoechoic node in the {side} groin.',
        concluded: 'Hypoechoic {side} groin node.',
        misheard: 'Hyperechoic {side} groin node.',
      },
    ],
  },
  {
    id: 'mammography',
    exams: ['MAMMO DIAGNOSTIC {SIDE}', 'MAMMOGRAM {SIDE} BREAST'],
    modality: 'MG',
    bodyPart: 'BREAST',
    isSided: true,
    sex: 'F',
    indications: ['Palpable lump.', 'Recalled from screening.'],
    techniques: [
      'Craniocaudal and mediolateral oblique views of the {side} breast.',
      'Digital mammography of the {side} breast.',
    ],
    foreignTechniques: ['MRI of the {side} breast.', 'Ultrasound of the {side} breast.'],
    normals: [
      ['Scattered fibroglandular densities.', 'The breast is almost entirely fatty.'],
      ['No suspicious calcifications.', 'Benign vascular calcifications.'],
      ['Skin and nipple are unremarkable.', 'No skin thickening.'],
    ],
    normalImpressions: ['Negative {side} mammogram.', 'No mammographic evidence of malignancy.'],
    abnormal: [
      {
        found: [
          'Spiculated mass of {size} in the upper outer quadrant of the {side} breast.',
          'An irregular mass measuring {size} lies in the {side} breast.',
        ],
        concluded: ['Suspicious {size} mass of the {side} breast, biopsy advised.', '{side} breast mass, {size}.'],
        denied: ['No mass.', 'There is no mass.'],
        sizeMm: [8, 38],
      },
    ],
    slips: [
      {
        denied: 'No architectural distortion.',
        lost: 'Architectural distortion.',
        again: 'There is no architectural distortion.',
      },
    ],
    misheard: [
      {
        found: 'Asymmetry in the upper inner quadrant of the {side} breast.',
        concluded: 'Upper inner quadrant asymmetry, {side} breast.',
        misheard: 'Lower inner quadrant asymmetry, {side} breast.',
      },
    ],
  },
];
