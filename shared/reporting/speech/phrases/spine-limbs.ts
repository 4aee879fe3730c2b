import type { PhraseStock } from './phrase-stock.ts';

export const SPINE: PhraseStock = {
  bodyParts: ['CSPINE', 'TSPINE', 'LSPINE', 'SPINE', 'WHOLEBODY'],
  findings:
    "disc bulge/s|disc protrusion/s|disc extrusion/s|disc herniation/s|bulge|protrusion|extrusion|canal stenosis|spinal canal stenosis|spinal stenosis|central canal stenosis|foraminal stenosis|foraminal narrowing|neural foraminal narrowing|lateral recess stenosis|nerve root compression|nerve root impingement|cord compression|cauda equina compression|cord signal abnormality|cord edema|myelomalacia|facet arthropathy|facet hypertrophy|ligamentum flavum thickening|ligamentum flavum hypertrophy|compression fracture/s|compression deformity|burst fracture|vertebral fracture/s|endplate change/s|canal narrowing|central canal narrowing|dens fracture|lateral mass fracture|traumatic abnormality|disc disease|modic change/s|modic type one change/s|modic type two change/s|anterolisthesis|retrolisthesis|spondylolisthesis|spondylolysis|pars defect/s|scoliosis|disc desiccation|loss of disc height|disc height loss|disc space narrowing|epidural collection|epidural abscess|epidural hematoma|discitis|osteomyelitis|marrow edema|marrow replacement|annular fissure|syrinx|subluxation|prevertebral swelling|prevertebral soft tissue swelling|spondylosis|straightened lordosis|straightening|osteophyte/s|ligamentous injury|odontoid fracture|listhesis|schmorl's nodes".split(
      '|',
    ),
  structures:
    'vertebral bodies|vertebral body heights|vertebral heights|vertebral alignment|alignment|disc heights|disc spaces|intervertebral discs|spinal canal|canal|neural foramina|spinal cord|cord|cord signal|conus|conus medullaris|cauda equina|nerve roots|marrow signal|bone marrow signal|facet joints|sacroiliac joints|prevertebral soft tissues|paraspinal soft tissues|posterior elements|craniocervical junction|lordosis|cervical lordosis|lumbar lordosis|dens|sacrum'.split(
      '|',
    ),
  places:
    'cervical spine|thoracic spine|lumbar spine|spine|spinal canal|lateral recess|neural foramen|neural foramina|nerve root|endplate|superior endplate|inferior endplate|vertebral body|spinous process|transverse process|pedicle|lamina|facet joint|facet joints|epidural space|conus|cord|sacrum|paracentral|foraminal|central|dens'.split(
      '|',
    ),
  sentences: [
    'Vertebral body heights and alignment are maintained.',
    'No fracture or subluxation.',
    'No acute fracture or traumatic subluxation.',
    'No prevertebral soft tissue swelling.',
    'The conus is normal in position and signal.',
    'The conus medullaris terminates at L1.',
    'No cord compression.',
    'No significant canal or foraminal stenosis.',
    'No spinal canal or neural foraminal stenosis.',
    'Marrow signal is normal.',
    'No abnormal cord signal.',
    'Multilevel degenerative changes.',
    'The spinal cord is normal in caliber and signal.',
    'The paraspinal soft tissues are unremarkable.',
  ],
  impressions: [
    'No acute fracture of the cervical spine.',
    'No acute fracture or malalignment.',
    'No cord compression or cauda equina compression.',
    'Multilevel degenerative disc disease.',
    'No significant spinal canal stenosis.',
    'Normal MRI of the lumbar spine.',
  ],
  normals: [
    ['spine', 'Vertebral body heights and alignment are maintained.'],
    ['cord', 'The spinal cord is normal in caliber and signal.'],
    ['conus', 'The conus is normal in position and signal.'],
    ['marrow', 'Marrow signal is normal.'],
    ['alignment', 'Alignment is normal.'],
    ['discs', 'Disc heights are preserved.'],
  ],
  reasons:
    'back pain|low back pain|neck pain|radiculopathy|sciatica|leg pain|arm pain|cauda equina syndrome|urinary retention|spinal stenosis|cord compression|myelopathy|numbness|discitis|lower limb weakness'.split(
      '|',
    ),
};

export const LIMBS: PhraseStock = {
  bodyParts: 'EXTREMITY KNEE SHOULDER LEG HIP ANKLE ELBOW WRIST HAND FOOT'.split(' '),
  findings:
    "joint effusion|effusion|knee effusion|meniscal tear|medial meniscus tear|lateral meniscus tear|horizontal tear|vertical tear|radial tear|bucket handle tear|root tear|complex tear|tear/s|full thickness tear|partial tear|partial thickness tear|complete tear|rotator cuff tear|labral tear|tendinosis|tendinopathy|tenosynovitis|bursitis|sprain|strain|contusion|bone contusion|marrow edema|bone marrow edema|stress fracture|dislocation/s|subluxation|joint space narrowing|osteoarthritis|osteophyte/s|chondromalacia|cartilage loss|cartilage defect|loose body|loose bodies|baker's cyst|popliteal cyst|retraction|fatty atrophy|muscle atrophy|hill sachs lesion|bankart lesion|bone lesion/s|avulsion fracture|spiral fracture|oblique fracture|transverse fracture|comminuted fracture|intraarticular fracture|angulation|displacement|impaction|periosteal reaction|bone erosion/s|osteopenia|hardware|orthopedic hardware|hardware failure|deep vein thrombosis|deep venous thrombosis|superficial thrombosis|superficial thrombophlebitis|occlusive thrombus|nonocclusive thrombus|reflux|a. c l tear|p c l tear|m c l injury|l c l injury|lipohemarthrosis|baker cyst|medial meniscal tear|lateral meniscal tear|internal derangement|d v t".split(
      '|',
    ),
  structures:
    'bones|joint|joint spaces|joint space|alignment|soft tissues|medial meniscus|lateral meniscus|menisci|anterior cruciate ligament|posterior cruciate ligament|a. c l|p c l|m c l|medial collateral ligament|lateral collateral ligament|collateral ligaments|cruciate ligaments|extensor mechanism|patellar tendon|quadriceps tendon|articular cartilage|cartilage|supraspinatus|infraspinatus|subscapularis|teres minor|scaphoid|quadriceps and patellar tendons|carpal alignment|rotator cuff|labrum|biceps tendon|long head of biceps|glenohumeral joint|acromioclavicular joint|bone marrow signal|muscles|tendons|ligaments|achilles tendon|common femoral vein|femoral vein|popliteal vein|calf veins|deep veins|great saphenous vein|compressibility|mineralization|physes|growth plates'.split(
      '|',
    ),
  places:
    'medial meniscus|lateral meniscus|posterior horn|anterior horn|body|medial compartment|lateral compartment|patellofemoral compartment|femoral condyle|tibial plateau|patella|femur|femoral neck|tibia|fibula|ankle|knee|hip|shoulder|humerus|humeral head|proximal humerus|clavicle|scapula|glenoid|elbow|radius|distal radius|radial head|ulna|wrist|scaphoid|hand|metacarpal|phalanx|finger|thumb|foot|metatarsal|calcaneus|talus|toe|lateral malleolus|medial malleolus|supraspinatus|infraspinatus|subscapularis|popliteal fossa|common femoral vein|femoral vein|popliteal vein|calf veins|calf|leg|thigh|arm|forearm|diaphysis|metaphysis|shaft'.split(
      '|',
    ),
  sentences: [
    'No fracture or dislocation.',
    'No acute fracture or dislocation.',
    'Joint spaces are preserved.',
    'No joint effusion.',
    'The soft tissues are unremarkable.',
    'The cruciate and collateral ligaments are intact.',
    'The menisci are intact.',
    'The rotator cuff is intact.',
    'The extensor mechanism is intact.',
    'No suspicious bone lesion.',
    'All imaged deep veins are compressible with normal flow.',
    'No deep vein thrombosis.',
    'Mild degenerative change.',
    'Hardware is intact.',
  ],
  impressions: [
    'No acute fracture or dislocation.',
    'No fracture.',
    'No acute osseous abnormality.',
    'No deep vein thrombosis.',
    'No evidence of deep vein thrombosis.',
    'Anterior cruciate ligament tear.',
    'Normal MRI of the knee.',
    'Full-thickness supraspinatus tear.',
  ],
  normals: [
    ['bones', 'No fracture or dislocation.'],
    ['joint', 'Joint spaces are preserved. No joint effusion.'],
    ['ligaments', 'The cruciate and collateral ligaments are intact.'],
    ['menisci', 'The menisci are intact.'],
    ['rotator cuff', 'The rotator cuff is intact.'],
    ['soft tissues', 'The soft tissues are unremarkable.'],
    ['veins', 'All imaged deep veins are compressible with normal flow.'],
  ],
  reasons:
    'knee pain|shoulder pain|hip pain|ankle pain|wrist pain|elbow pain|hand pain|foot pain|leg pain|leg swelling|calf pain|calf swelling|deformity|deep vein thrombosis|sports injury|twisting injury|instability|locking|osteoarthritis|arthritis|rotator cuff tear'.split(
      '|',
    ),
};

export const BREAST: PhraseStock = {
  bodyParts: ['BREAST'],
  findings:
    'suspicious calcification/s|microcalcification/s|architectural distortion|asymmetry|asymmetries|focal asymmetry|spiculated mass|irregular mass|oval mass|circumscribed mass|skin thickening|nipple retraction|axillary lymphadenopathy|axillary node/s|fibroadenoma|breast mass|grouped calcifications|benign calcifications|vascular calcifications|implant/s|biopsy clip'.split(
      '|',
    ),
  structures:
    'breasts|breast|skin and nipple|breast tissue|breast parenchyma|skin|nipple|axillae|axilla|axillary lymph nodes|implants'.split(
      '|',
    ),
  places:
    "breast|upper outer quadrant|upper inner quadrant|lower outer quadrant|lower inner quadrant|subareolar region|axilla|axillary tail|retroareolar region|three o'clock position|six o'clock position|nine o'clock position|twelve o'clock position".split(
      '|',
    ),
  sentences: [
    'The breasts are almost entirely fatty.',
    'There are scattered areas of fibroglandular density.',
    'The breasts are heterogeneously dense.',
    'The breasts are extremely dense.',
    'No suspicious mass, calcifications or architectural distortion.',
    'No mammographic evidence of malignancy.',
    'Benign calcifications in both breasts.',
  ],
  impressions: [
    'No mammographic evidence of malignancy.',
    'Negative mammogram.',
    'Benign findings.',
    'Routine annual screening is recommended.',
    'Biopsy is recommended.',
    'Additional imaging is needed.',
  ],
  normals: [['breasts', 'No suspicious mass, calcifications or architectural distortion.']],
  reasons:
    'screening|breast lump|palpable lump|nipple discharge|breast pain|family history of breast cancer|breast cancer'.split(
      '|',
    ),
};

export const NUCLEAR: PhraseStock = {
  bodyParts: ['WHOLEBODY'],
  findings:
    'f d g avid lesion/s|f d g avid lymph node/s|avid lymph node/s|uptake|increased uptake|focal uptake|physiologic uptake|pathologic uptake|intense uptake|avid disease|hypermetabolic lesion/s|hypermetabolic lymph node/s|bone metastases|complete metabolic response|progressive disease|pelvic fracture/s|splenic injury|liver injury'.split(
      '|',
    ),
  structures: 'physiologic uptake|bone marrow uptake|liver uptake|tracer distribution'.split('|'),
  places: 'axilla|mediastinum|neck|skeleton|bone marrow|groin|retroperitoneum'.split('|'),
  sentences: [
    'No abnormal uptake.',
    'No FDG avid disease.',
    'Physiologic tracer distribution.',
    'No acute traumatic injury.',
  ],
  impressions: ['Complete metabolic response.', 'No acute traumatic injury.', 'No evidence of metastatic disease.'],
  normals: [['uptake', 'Physiologic tracer distribution. No abnormal uptake.']],
  reasons: 'polytrauma|high speed collision|restaging|treatment response|lymphoma staging'.split('|'),
};
