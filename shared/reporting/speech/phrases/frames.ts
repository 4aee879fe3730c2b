import type { Rules } from '../jsgf.ts';

/** How findings, structures and places make sentences, whatever the part of the body. */
export const FRAMES: Rules = {
  claim: '[<opening>] <finding-phrase> [<closing>] [<join> <claim>]',
  opening:
    'no [<denied>] | there is [no [<denied>]] | there are [no] | negative for | without [evidence of] | ' +
    'no [c t | m r | radiographic | sonographic] evidence of | findings [are] (consistent with | suspicious for | suggestive of | concerning for | in keeping with) | ' +
    '[is | are] (consistent with | suspicious for | in keeping with) | (could | may | likely | most likely) represent | represents | history of | interval development of | ' +
    'interval (increase | decrease) in | also | at <level>',
  denied: 'acute | focal | definite | significant | new | suspicious | sign of | other | displaced | large | visible',
  'finding-phrase': '[<article>] [<amount>] [<quality> [<quality>]] [<side>] [<place>] <finding> [<where>]',
  article: 'a | an | the | this | these | any',
  amount:
    'two | three | four | few | several | multiple | numerous | scattered | at least one | some | ' +
    'small | tiny | large | moderate | minimal | trace | subcentimeter | enlarged | <measure>',
  quality:
    'mild | moderate | severe | marked | slight | acute | subacute | chronic | old | recent | new | stable | unchanged | persistent | residual | ' +
    'probable | possible | likely | suspected | focal | diffuse | patchy | simple | complex | solid | cystic | calcified | ' +
    'benign | suspicious | indeterminate | partial | complete | nondisplaced | displaced | known | interval | dominant | ' +
    'increased | decreased | abnormal | degenerative | early | nonspecific | trace | minimal | associated | adjacent',
  side: 'right | left | bilateral | right sided | left sided | midline | both | unilateral',
  where:
    '(in | of | at | within | involving | along | near | adjacent to | to | from | on | over | into | around | through) <location> | ' +
    'on (the (left | right) | both sides) | bilaterally | <measured> | at <level> | <image-place>',
  location: '[the | both] [<side>] [<place-part>] <place> [(and | or) [the] [<side>] <place>]',
  'place-part':
    'upper | lower | mid | middle | anterior | posterior | lateral | medial | proximal | distal | inferior | superior | central | peripheral',
  closing:
    '(is | are) (seen | noted | present | identified | demonstrated | again seen | stable | unchanged | new | resolved | improved | not seen | larger | smaller) [<since>] | ' +
    '(has | have) (resolved | improved | increased | decreased | progressed | not changed) [in size] [<since>] [<change>] | unchanged [<since>] | stable [<since>] | ' +
    'without complication | (measures | measuring) <measure> [<where-measured>] | likely benign | likely degenerative | with mass effect',
  'where-measured': 'in (diameter | length | thickness | maximum diameter | short axis)',
  change: 'from <measure> to <measure>',
  measured: '(measuring | of | measures) [up to | approximately | about] <measure>',
  since: '(since | from | compared with | compared to) [the] (prior | previous) [study | examination | exam | <exam>]',
  join: '[comma] (and | or | with | without | but) | comma | and no | or',
  statement:
    '[the] [<side>] <structure> ([<copula>] <state> [[comma] (and | or | with) <state>] [<since>] | ' +
    '(measures | measuring | is) [up to | approximately] <measure> [<where-measured>])',
  copula: 'is | are | appears | appear | remains | remain | are otherwise | is otherwise',
  state:
    'normal [in (size | appearance | signal | caliber | contour | position | attenuation | alignment | echotexture | echogenicity | configuration | morphology | course | height | thickness)] | ' +
    'normal size | normal for age | unremarkable | clear | intact | patent | preserved | maintained | symmetric | symmetrical | stable | unchanged | ' +
    'within normal limits | not enlarged | not dilated | not thickened | not seen | not visualized | not well seen | surgically absent | ' +
    'enlarged | dilated | thickened | distended | collapsed | mildly (enlarged | dilated | thickened) | moderately (enlarged | dilated) | well expanded | well aerated | ' +
    'sharp | midline | in (situ | place | position | good position) | of normal (size | caliber | thickness | height | signal) | limited | grossly normal | satisfactory | ' +
    'borderline | prominent | atrophic | homogeneous | heterogeneous | compressible | free of disease',
  graded: '[the] <scale> [category | score | grade | is] (<small-number> [a. | b | c | x | s]) | (grade | type | stage) (one | two | three | four | five)',
  scale: 'bi rads | lung rads | ti rads | pi rads | li rads | o rads | t r | l r | deauville | fazekas | aspects | aspects score | bosniak | modic type',
  advice:
    '(recommend | consider | suggest | advise) <advised> | <advised> (is | are) (recommended | advised | suggested) | follow up [<exam>] in <number> (weeks | months | days)',
  advised:
    '[further | urgent | clinical | short term | routine] (follow up | correlation | evaluation | biopsy | assessment | review | characterization | consultation | comparison with prior studies) [<exam>] [with <exam>] [in <number> [to <number>] (weeks | months | days | year | years)] | ' +
    '<exam> [in <number> (weeks | months)] [for further evaluation]',
  exam:
    'c t | m r i | m r | ultrasound | radiograph | radiographs | x ray | chest x ray | mammogram | mammography | pet c t | c t angiography | bone scan | imaging | c t scan | examination | study',
  compared:
    '[comparison | compared (with | to) | comparison is made with] [the | a] [prior | previous | most recent] <exam> [of the <exam-part>] [(of | from | dated | on) <date>] | ' +
    'no (prior | previous) (studies | study | imaging | examination | examinations) [is | are] [available] [for comparison] | none [available] | no comparison [available | studies]',
  'exam-part': 'chest | head | brain | abdomen | abdomen and pelvis | pelvis | spine | lumbar spine | cervical spine | neck | knee | shoulder',
  technique:
    '(with | without | before and after | after) [intravenous | oral | i v] contrast | (axial | sagittal | coronal | multiplanar | frontal | lateral | portable | upright | supine | oblique) ' +
    '[and (lateral | coronal | sagittal | axial)] (images | view | views | sequences | reformats | radiograph | radiographs | sections) [of the <exam-part>] | ' +
    '(single | two | three | one) (view | views) [of the <exam-part>] | [noncontrast | contrast enhanced | low dose | unenhanced] (c t | m r i | m r | ultrasound) [of the <exam-part>] [(with | without) [intravenous] contrast] | ' +
    '<number> milliliters of [intravenous] (contrast | gadolinium | omnipaque | visipaque | gadovist | dotarem) | no (contrast | complications | immediate complication)',
  'image-place': '[open paren] (series <number> [image <number>] | image <number>) [close paren]',
  mark: 'comma | period | full stop | new line | new paragraph | colon | semicolon | question mark | open paren | close paren | hyphen | slash',
  stop: 'period | full stop | period new line | full stop new line | new line | new paragraph | semicolon | period new paragraph | comma',
  telling:
    '[these | the] (findings | results) (were | was) (discussed | communicated | called) [with] [to] [the] (doctor | referring physician | emergency department | clinical team | referrer) [by phone | by telephone] [at <time>] [on <date>]',
  history:
    '[history of | status post | known | previous | prior | evaluate for | rule out | question | assess for | follow up of | recent | acute | chronic | worsening | sudden | right | left] <reason> ' +
    '[(for | since) (<number> (hours | days | weeks | months | years) | yesterday | today)] [[comma] (and | with | after | rule out | query | evaluate for) <history>]',
};

/** Reasons for any examination. */
export const COMMON_REASONS: readonly string[] =
  'pain|trauma|fall|fever|cough|infection|sepsis|cancer|malignancy|metastases|metastatic disease|weight loss|swelling|injury|surgery|motor vehicle accident|weakness|nausea|vomiting|anemia|hypertension|diabetes|pneumonia|fracture|lymphoma|screening|staging|follow up|preoperative|postoperative|abnormal laboratory values|a mass|smoking|stroke|bleeding|dizziness|anticoagulation'.split(
    '|',
  );

export const COMMON_FINDINGS: readonly string[] =
  'abnormality|abnormalities|finding/s|lesion/s|mass/es|nodule/s|cyst/s|fluid collection/s|free fluid|fluid|abscess/es|edema|hematoma/s|hemorrhage|metastasis|metastases|metastatic disease|disease|malignancy|inflammation|infection|enlarged lymph node/s|lymphadenopathy|calcification/s|fracture/s|change/s|degenerative change/s|soft tissue swelling|foreign body|scarring|postsurgical change/s|postoperative change/s|mass effect|aneurysm|stenosis|thrombosis|thrombus|enhancement|interval change|complication'.split(
    '|',
  );
