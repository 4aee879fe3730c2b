import type { Rules } from '../jsgf.ts';

/**
 * How findings, structures and places make sentences, whatever the part of the body. Every use of a rule is one more
 * copy in the recogniser's network, so what may stand in several places (a size, a place) stands in one loop instead.
 */
export const FRAMES: Rules = {
  claim: '[<opening>] [<determiner>] <modifier>* (/2/ <NULL> | <place>) <finding> <tail>* [<join> <claim>]',
  opening:
    '/20/ no [<denied>] | features of | findings of | free of | /6/ there is [no [<denied>]] | /3/ there are [no [<denied>]] | negative for | without [evidence of] | ' +
    'no (c t | m r | radiographic | sonographic) evidence of | findings [are] (consistent with | suspicious for | suggestive of | concerning for | in keeping with) | ' +
    'consistent with | suspicious for | in keeping with | may represent | likely represents | history of | interval development of | ' +
    'interval (increase | decrease) in | at <level> [there is]',
  denied:
    '/10/ acute | /8/ evidence of | /4/ focal | /4/ suspicious | /2/ significant | /2/ new | definite | displaced | large | sign of | /0.3/ other | /0.3/ visible',
  determiner: '/12/ a | /4/ an | /6/ the | this | these | any | /6/ <quantity> | the (two | three | multiple) | a few',
  quantity: '/3/ multiple | /0.3/ two | /0.3/ three | /0.3/ four | few | several | numerous | scattered | some',
  modifier:
    '/8/ small | tiny | /3/ large | /5/ moderate | minimal | trace | subcentimeter | enlarged | /2/ <measure> | scattered | ' +
    '/5/ mild | /4/ severe | marked | /0.5/ slight | /8/ acute | subacute | /3/ chronic | old | recent | new | stable | unchanged | persistent | residual | ' +
    'probable | possible | likely | suspected | focal | diffuse | patchy | simple | complex | solid | cystic | calcified | spiculated | ' +
    'benign | suspicious | indeterminate | partial | complete | nondisplaced | displaced | /0.3/ known | interval | dominant | obstructing | nonobstructing | ' +
    'increased | decreased | abnormal | degenerative | early | nonspecific | associated | adjacent | enhancing | thickened | high grade | low grade | established | mobile | impacted | comminuted | irregular | grade <small-number> | type <small-number> | /2/ <level> | /10/ <side>',
  side: '/8/ right | /8/ left | /4/ bilateral | right sided | left sided | midline | /0.5/ both | /0.3/ unilateral',
  tail:
    '/20/ (/40/ in | /15/ of | /10/ at | within | involving | along | near | adjacent to | /0.3/ to | from | on | over | /0.3/ into | around | through | behind | /0.5/ and | or | comma | with involvement of | lies in | extends into) (/10/ the | /10/ <NULL> | both) <locator>* <place> | ' +
    'on (the (left | right) | both sides) | bilaterally | /10/ (/10/ measuring | /5/ measures | /0.2/ measure | of | from | comma | up to) [up to | approximately | about] <measure> [thick | long | in size] | in (diameter | length | thickness | maximum diameter | short axis) | ' +
    '(/6/ at | of) <level> | <image-place> | comma (follow up | biopsy) (advised | recommended) | seen | comma likely (benign | infective | degenerative) | is <found> | are <found> | has <changed> | have <changed> | unchanged | stable | <since> | likely benign | likely degenerative | without complication | with mass effect',
  locator:
    '/5/ right | /5/ left | /3/ upper | /3/ lower | mid | middle | anterior | posterior | lateral | medial | proximal | distal | inferior | superior | central | peripheral',
  found:
    'seen | noted | present | identified | demonstrated | again seen | stable | unchanged | new | resolved | improved | not seen | larger | smaller | excluded | unlikely | suspected',
  changed: '(resolved | improved | increased | decreased | progressed | not changed) [in size]',
  since:
    '(since | compared with | compared to | from) the (prior | previous) [study | examination | c t | m r i | radiograph | ultrasound]',
  join: 'comma [and | or | with | without | but] | and | or | with | without | but',
  statement:
    '[the] [<side>] [visualized] <structure> [and [the] <structure>] ((/8/ <copula> | <NULL>) <state> [[comma] (and | or | with) <state>] [<since>] [[comma] (in keeping with | consistent with | suggesting) [acute] <finding>] | ' +
    '(measures | measuring | is | of) [up to | approximately] <measure> [in (diameter | length | thickness) | long | thick]) | ' +
    '(normal | intact | unremarkable | patent | homogeneous | symmetric) <structure> [and <structure>] [of the <locator>* <place>]',
  copula: '/8/ is [otherwise] | /8/ are [otherwise] | appears | appear | remains | remain',
  state:
    'normal [in (size | appearance | signal | caliber | contour | position | attenuation | alignment | echotexture | echogenicity | configuration | morphology | course | height | thickness)] | ' +
    'normal size | normal for age | unremarkable | clear | intact | patent | preserved | maintained | symmetric | symmetrical | stable | unchanged | ' +
    'within normal limits | not (enlarged | dilated | thickened | seen | visualized | well seen) | surgically absent | ' +
    'enlarged | dilated | thickened | distended | collapsed | mildly (enlarged | dilated | thickened) | moderately (enlarged | dilated) | well (expanded | aerated) | ' +
    'sharp | midline | in (situ | place | position | good position) | of normal (size | caliber | thickness | height | signal) | limited | grossly normal | satisfactory | ' +
    'anatomic | thin | thick | straightened | continuous | fully compressible | mildly echogenic | obscured [by gas] | blunted | normal in flow | borderline | prominent | atrophic | homogeneous | heterogeneous | compressible | free of disease',
  graded:
    '[the] <scale> [category | score | grade | is] <small-number> [a. | b | c | x | s] | (grade | type | stage) <small-number>',
  verdict: '(normal | negative | unremarkable) [<side>] (<exam> [of the [<side>] <exam-part>] | <exam-part> [<exam>])',
  scale:
    'bi rads | lung rads | ti rads | pi rads | li rads | o rads | t r | l r | deauville | fazekas | aspects | aspects score | bosniak | modic type',
  advice:
    '(recommend | consider | suggest | advise) <advised> | <advised> (is | are) (recommended | advised | suggested)',
  advised:
    '(further | urgent | clinical | short term | routine | follow up | correlation | evaluation | biopsy | assessment | review | characterization | consultation | comparison with prior studies | with | for | <exam>)+ ' +
    '[in <span> [to <span>] (days | weeks | months | month | year | years)] [for further evaluation]',
  span: 'one | two | three | four | six | eight | nine | ten | twelve | eighteen | twenty four',
  exam: 'c t | m r i | m r | ultrasound | radiograph | radiographs | x ray | chest x ray | mammogram | mammography | pet c t | c t angiography | bone scan | imaging | c t scan | examination | study',
  compared:
    '[comparison | compared (with | to) | comparison is made with] [the | a] [prior | previous | most recent] <exam> [of the <exam-part>] [(of | from | dated | on) <date>] | ' +
    'no (prior | previous) (studies | study | imaging | examination | examinations) [is | are] [available] [for comparison] | none [available] | no comparison [available | studies]',
  'exam-part':
    'chest | head | brain | abdomen | abdomen and pelvis | pelvis | spine | lumbar spine | cervical spine | neck | knee | shoulder',
  technique: '(<technique-word> | <number> milliliters | <measure> [slices | sections])+',
  'technique-word':
    'c t | m r i | m r | ultrasound | sonography | radiograph | radiographs | mammography | angiography | pet c t | duplex | doppler | color doppler | grayscale | compression | ' +
    'axial | sagittal | coronal | multiplanar | frontal | lateral | oblique | portable | upright | supine | craniocaudal | a p | p a. | ' +
    'images | view | views | sequences | reformats | sections | series | single | one | two | three | routine | thin section | high resolution | low dose | transvaginal | transabdominal | ' +
    't one | t two | stir | flair | diffusion | dynamic | proton density | fat saturation | arterial phase | portal venous phase | delayed phase | ' +
    'of the | of | the | and | with | without | before | after | following | timed to | to | no | contrast | contrast enhanced | noncontrast | unenhanced | intravenous | oral | i v | ' +
    'gadolinium | omnipaque | visipaque | gadovist | dotarem | complications | right | left | both | <exam-part> | pulmonary arteries | liver | kidneys | prostate | thyroid | scrotum | breast | wrist | ankle | hip | leg | legs | right upper quadrant',
  'image-place':
    '[open paren] (series <image-number> [[comma] image <image-number>] | image <image-number>) [close paren]',
  replacement:
    '/3/ <measure> | /2/ <number> | /10/ [<determiner>] <modifier> [<finding>] | /6/ [<determiner>] <finding> | /6/ [the] <locator>* <place> | /2/ <structure> | /3/ <state> | /2/ <found> | no',
  mark: 'comma | period | full stop | new line | new paragraph | colon | semicolon | question mark | open paren | close paren | hyphen | slash',
  telling:
    '[these | the] (findings | results) (were | was) (discussed | communicated | called) [with] [to] [the] (doctor | referring physician | emergency department | clinical team | referrer) [by phone | by telephone] [at <time>] [on <date>]',
  history:
    '[history of | status post | known | previous | prior | evaluate for | rule out | question | assess for | follow up of | recent | acute | chronic | worsening | sudden | right | left] <reason> ' +
    '[(for | since) (<number> (hours | days | weeks | months | years) | yesterday | today)] [[comma] (and | with | after | rule out | query | evaluate for) <history>]',
};

/** Reasons for any examination. */
export const COMMON_REASONS: readonly string[] =
  'pain|trauma|fall|fever|cough|infection|sepsis|cancer|malignancy|metastases|metastatic disease|weight loss|swelling|injury|surgery|motor vehicle accident|weakness|nausea|vomiting|anemia|hypertension|diabetes|pneumonia|fracture|lymphoma|screening|staging|follow up|preoperative|postoperative|abnormal laboratory values|a mass|palpable nodule|suspected thrombosis|motor vehicle collision|fall on outstretched hand|fall down stairs|recalled from screening|previous negative biopsy|melanoma|staging of melanoma|smoking|stroke|bleeding|dizziness|anticoagulation'.split(
    '|',
  );

export const COMMON_FINDINGS: readonly string[] =
  'abnormality|abnormalities|finding/s|lesion/s|mass/es|nodule/s|cyst/s|fluid collection/s|free fluid|fluid|abscess/es|edema|hematoma/s|hemorrhage|metastasis|metastases|metastatic disease|disease|malignancy|inflammation|infection|enlarged lymph node/s|lymphadenopathy|calcification/s|fracture/s|change/s|degenerative change/s|soft tissue swelling|foreign body|scarring|postsurgical change/s|postoperative change/s|mass effect|aneurysm|stenosis|thrombosis|thrombus|enhancement|collection/s|air|displacement|tear/s|swelling|thickening|narrowing|dilatation|erosion/s|enlargement|interval change|complication'.split(
    '|',
  );
