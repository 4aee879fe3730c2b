/** Continues `phones-a-to-h.ts`. */
export const PHONES_I_TO_Z = `
ileal IH L IY AH L
ileocecal IH L IY OW S IY K AH L
ileum IH L IY AH M
ileus IH L IY AH S
iliac IH L IY AE K
imaged IH M IH JH D
impaction IH M P AE K SH AH N
impingement IH M P IH N JH M AH N T
infarct IH N F AA R K T
infarcted IH N F AA R K T IH D
infarcts IH N F AA R K T S
infiltrates IH N F IH L T R EY T S
inflamed IH N F L EY M D
infrahilar IH N F R AH HH AY L ER
infrarenal IH N F R AH R IY N AH L
infraspinatus IH N F R AH S P AH N EY T AH S
inguinal IH NG G W AH N AH L
insula IH N S AH L AH
interosseous IH N T ER AA S IY AH S
interpolar IH N T ER P OW L ER
interstitial IH N T ER S T IH SH AH L
intervertebral IH N T ER V ER T AH B R AH L
intraarticular IH N T R AH AA R T IH K Y AH L ER
intracerebral IH N T R AH S EH R AH B R AH L
intradural IH N T R AH D UH R AH L
intrahepatic IH N T R AH HH AH P AE T IH K
intramural IH N T R AH M Y UH R AH L
intraparenchymal IH N T R AH P ER EH NG K AH M AH L
intraperitoneal IH N T R AH P EH R AH T AH N IY AH L
intratesticular IH N T R AH T EH S T IH K Y AH L ER
intrauterine IH N T R AH Y UW T ER AH N
intraventricular IH N T R AH V EH N T R IH K Y AH L ER
intussusception IH N T AH S AH S EH P SH AH N
iomeron AY OW M ER AA N
ischemic IH S K IY M IH K
isodense AY S OW D EH N S
isoechoic AY S OW EH K OW IH K
isointense AY S OW IH N T EH N S
isovue AY S OW V Y UW
jejunal JH IH JH UW N AH L
jejunum JH IH JH UW N AH M
jugular JH AH G Y AH L ER
kyphosis K AY F OW S IH S
labral L EY B R AH L
labrum L EY B R AH M
lacunar L AH K UW N ER
leiomyoma L AY OW M AY OW M AH
lentiform L EH N T AH F AO R M
leukomalacia L UW K OW M AH L EY SH AH
ligamentous L IH G AH M EH N T AH S
ligamentum L IH G AH M EH N T AH M
lingula L IH NG G Y AH L AH
lingular L IH NG G Y AH L ER
lipohemarthrosis L IH P OW HH IY M AA R TH R OW S IH S
lipoma L AH P OW M AH
listhesis L IH S TH IY S IH S
lobar L OW B AA R
loculated L AA K Y AH L EY T IH D
lordosis L AO R D OW S IH S
lucencies L UW S AH N S IY Z
lucency L UW S AH N S IY
lunate L UW N EY T
lymphadenopathy L IH M F AE D AH N AA P AH TH IY
lymphangitic L IH M F AE N JH IH T IH K
lytic L IH T IH K
malalignment M AE L AH L AY N M AH N T
malformation M AE L F AO R M EY SH AH N
malleolar M AH L IY AH L ER
malleolus M AH L IY AH L AH S
malrotation M AE L R OW T EY SH AH N
mammographic M AE M AH G R AE F IH K
mastoid M AE S T OY D
mastoids M AE S T OY D Z
maxillary M AE K S AH L EH R IY
mediastinal M IY D IY AH S T AY N AH L
mediastinum M IY D IY AH S T AY N AH M
medullaris M EH D AH L EH R IH S
megabecquerels M EH G AH B EH K ER EH L Z
meningioma M AH N IH N JH IY OW M AH
meningiomas M AH N IH N JH IY OW M AH Z
meniscal M AH N IH S K AH L
menisci M AH N IH S AY
meniscus M AH N IH S K AH S
menorrhagia M EH N ER EY JH AH
mesenteric M EH Z AH N T EH R IH K
mesentery M EH Z AH N T EH R IY
metacarpal M EH T AH K AA R P AH L
metaphysis M AH T AE F AH S IH S
metastases M AH T AE S T AH S IY Z
metastasis M AH T AE S T AH S IH S
metatarsal M EH T AH T AA R S AH L
microcalcification M AY K R OW K AE L S AH F AH K EY SH AH N
microcalcifications M AY K R OW K AE L S AH F AH K EY SH AH N Z
microhemorrhage M AY K R OW HH EH M ER IH JH
microhemorrhages M AY K R OW HH EH M ER IH JH IH Z
microlithiasis M AY K R OW L IH TH AY AH S IH S
midbrain M IH D B R EY N
midfoot M IH D F UH T
midgland M IH D G L AE N D
millicuries M IH L IY K Y UH R IY Z
milligray M IH L IY G R EY
millisieverts M IH L IY S IY V ER T S
modic M OW D IH K
multihance M AH L T IY HH AE N S
multilevel M AH L T IY L EH V AH L
multilocular M AH L T IY L AA K Y AH L ER
multiplanar M AH L T IY P L EY N ER
myelomalacia M AY AH L OW M AH L EY SH AH
myelopathy M AY AH L AA P AH TH IY
myocardial M AY AH K AA R D IY AH L
myometrium M AY OW M IY T R IY AH M
nabothian N AH B OW TH IY AH N
nascet N AE S EH T
nasogastric N EY Z OW G AE S T R IH K
nasopharynx N EY Z OW F EH R IH NG K S
navicular N AH V IH K Y AH L ER
neoplasm N IY AH P L AE Z AH M
neoplastic N IY AH P L AE S T IH K
nephrolithiasis N EH F R OW L IH TH AY AH S IH S
nephrostomy N AH F R AA S T AH M IY
neurovascular N UH R OW V AE S K Y AH L ER
nodal N OW D AH L
noncontrast N AA N K AA N T R AE S T
nondisplaced N AA N D IH S P L EY S T
nonobstructing N AA N AH B S T R AH K T IH NG
nonobstructive N AA N AH B S T R AH K T IH V
nonocclusive N AA N AH K L UW S IH V
nonspecific N AA N S P AH S IH F IH K
occipital AA K S IH P AH T AH L
occlusion AH K L UW ZH AH N
occlusive AH K L UW S IH V
odontoid OW D AA N T OY D
olecranon OW L EH K R AH N AA N
oligohydramnios AA L AH G OW HH AY D R AE M N IY OW S
omental OW M EH N T AH L
omentum OW M EH N T AH M
omnipaque AA M N IH P EY K
opacification OW P AE S AH F AH K EY SH AH N
opacified OW P AE S AH F AY D
opacities OW P AE S AH T IY Z
orchitis AO R K AY T IH S
oropharynx AO R OW F EH R IH NG K S
osseous AA S IY AH S
ossification AA S AH F AH K EY SH AH N
osteochondral AA S T IY OW K AA N D R AH L
osteolysis AA S T IY AA L AH S IH S
osteomyelitis AA S T IY OW M AY AH L AY T IH S
osteonecrosis AA S T IY OW N AH K R OW S IH S
osteopenia AA S T IY OW P IY N IY AH
osteopenic AA S T IY OW P IY N IH K
osteophyte AA S T IY AH F AY T
osteophytes AA S T IY AH F AY T S
outerbridge AW T ER B R IH JH
pancreatitis P AE NG K R IY AH T AY T IH S
panniculitis P AH N IH K Y AH L AY T IH S
papillary P AE P AH L EH R IY
paracentral P EH R AH S EH N T R AH L
paracolic P EH R AH K AA L IH K
parafalcine P EH R AH F AE L S AY N
paramediastinal P EH R AH M IY D IY AH S T AY N AH L
paranasal P EH R AH N EY Z AH L
paraspinal P EH R AH S P AY N AH L
paren P ER EH N
parenchyma P ER EH NG K AH M AH
parenchymal P ER EH NG K AH M AH L
parietal P ER AY AH T AH L
parotid P ER AA T IH D
patellar P AH T EH L ER
patellofemoral P AH T EH L OW F EH M ER AH L
pedicle P EH D IH K AH L
pedicles P EH D IH K AH L Z
pelvicalyceal P EH L V IY K AE L AH S IY AH L
periappendiceal P EH R IY AE P AH N D IH S IY AH L
peribronchial P EH R IH B R AA NG K IY AH L
pericardial P EH R AH K AA R D IY AH L
pericardium P EH R AH K AA R D IY AH M
pericholecystic P EH R IH K OW L AH S IH S T IH K
pericolonic P EH R IH K OW L AA N IH K
perifissural P EH R IH F IH SH ER AH L
perihepatic P EH R IH HH AH P AE T IH K
perihilar P EH R IH HH AY L ER
perinephric P EH R IH N EH F R IH K
perineural P EH R IH N UH R AH L
periosteal P EH R IY AA S T IY AH L
peripancreatic P EH R IH P AE NG K R IY AE T IH K
periportal P EH R IH P AO R T AH L
periprosthetic P EH R IH P R AA S TH EH T IH K
perisplenic P EH R IH S P L EH N IH K
peritoneal P EH R AH T AH N IY AH L
peritoneum P EH R AH T AH N IY AH M
peritonsillar P EH R IH T AA N S AH L ER
perivascular P EH R IH V AE S K Y AH L ER
periventricular P EH R IH V EH N T R IH K Y AH L ER
phalangeal F AH L AE N JH IY AH L
phalanx F EY L AE NG K S
phleboliths F L EH B OW L IH TH S
physeal F AY S IY AH L
physes F AY S IY Z
picc P IH K
pleura P L UH R AH
pneumatosis N UW M AH T OW S IH S
pneumobilia N UW M OW B IH L IY AH
pneumocephalus N UW M OW S EH F AH L AH S
pneumomediastinum N UW M OW M IY D IY AH S T AY N AH M
pneumonitis N UW M AH N AY T IH S
pneumopericardium N UW M OW P EH R AH K AA R D IY AH M
pneumoperitoneum N UW M OW P EH R AH T AH N IY AH M
pneumothoraces N UW M OW TH AO R AH S IY Z
pneumothorax N UW M OW TH AO R AE K S
polyhydramnios P AA L IY HH AY D R AE M N IY OW S
polytrauma P AA L IY T R AO M AH
popliteal P AA P L IH T IY AH L
postcontrast P OW S T K AA N T R AE S T
postoperative P OW S T AA P ER AH T IH V
postsurgical P OW S T S ER JH IH K AH L
prevertebral P R IY V ER T AH B R AH L
previa P R IY V IY AH
primovist P R IY M OW V IH S T
prohance P R OW HH AE N S
protrusion P R OW T R UW ZH AH N
protrusions P R OW T R UW ZH AH N Z
pseudoaneurysm S UW D OW AE N Y ER IH Z AH M
pseudocyst S UW D OW S IH S T
psoas S OW AH S
pulmonic P AH L M AA N IH K
pyelonephritis P AY AH L OW N AH F R AY T IH S
pyloric P AY L AO R IH K
quadriceps K W AA D R AH S EH P S
radiata R EY D IY AA T AH
radiculopathy R AH D IH K Y AH L AA P AH TH IY
radiograph R EY D IY OW G R AE F
radiographic R EY D IY OW G R AE F IH K
radiographs R EY D IY OW G R AE F S
radiolucent R EY D IY OW L UW S AH N T
radiopaque R EY D IY OW P EY K
rads R AE D Z
rathke's R AE TH K IY Z
recist R IY S IH S T
rectosigmoid R EH K T OW S IH G M OY D
referrer R IH F ER ER
reformats R IY F AO R M AE T S
restaging R IY S T EY JH IH NG
reticular R IH T IH K Y AH L ER
retroareolar R EH T R OW AH R IY AH L ER
retrocardiac R EH T R OW K AA R D IY AE K
retrolisthesis R EH T R OW L IH S TH IY S IH S
retroperitoneal R EH T R OW P EH R AH T AH N IY AH L
retroperitoneum R EH T R OW P EH R AH T AH N IY AH M
retropharyngeal R EH T R OW F ER IH N JH IY AH L
retroverted R EH T R OW V ER T IH D
rotator R OW T EY T ER
sacral S EY K R AH L
sacroiliac S AE K R OW IH L IY AE K
sacrum S EY K R AH M
salivary S AE L AH V EH R IY
saphenous S AE F AH N AH S
sarcoidosis S AA R K OY D OW S IH S
scaphoid S K AE F OY D
schatzker SH AE T S K ER
schmorl's SH M AO R L Z
schwannoma SH W AA N OW M AH
sciatica S AY AE T IH K AH
scintigraphy S IH N T IH G R AH F IY
sclerosis S K L ER OW S IH S
sclerotic S K L ER AA T IH K
scoliosis S K OW L IY OW S IH S
scrotal S K R OW T AH L
scrotum S K R OW T AH M
segmental S EH G M EH N T AH L
sellar S EH L ER
semicolon S EH M IY K OW L AH N
semiovale S EH M IY OW V AA L IY
septal S EH P T AH L
septations S EH P T EY SH AH N Z
sialadenitis S AY AH L AE D AH N AY T IH S
siderosis S IH D ER OW S IH S
sinusitis S AY N AH S AY T IH S
situ S IH T UW
sonography S AH N AA G R AH F IY
sonographic S AA N AH G R AE F IH K
sonovue S OW N OW V Y UW
spect S P EH K T
spermatic S P ER M AE T IH K
sphenoid S F IY N OY D
spiculated S P IH K Y AH L EY T IH D
spinous S P AY N AH S
splenic S P L EH N IH K
splenomegaly S P L EH N OW M EH G AH L IY
splenule S P L EH N Y UW L
spondylolisthesis S P AA N D AH L OW L IH S TH IY S IH S
spondylolysis S P AA N D AH L AA L AH S IH S
spondylosis S P AA N D AH L OW S IH S
steatosis S T IY AH T OW S IH S
stenoses S T AH N OW S IY Z
stenotic S T AH N AA T IH K
sternal S T ER N AH L
sternotomy S T ER N AA T AH M IY
stridor S T R AY D ER
subacromial S AH B AH K R OW M IY AH L
subarachnoid S AH B ER AE K N OY D
subareolar S AH B ER IY AH L ER
subcapsular S AH B K AE P S AH L ER
subcentimeter S AH B S EH N T AH M IY T ER
subchondral S AH B K AA N D R AH L
subchorionic S AH B K AO R IY AA N IH K
subclavian S AH B K L EY V IY AH N
subcortical S AH B K AO R T IH K AH L
subdeltoid S AH B D EH L T OY D
subdural S AH B D UH R AH L
subhepatic S AH B HH AH P AE T IH K
subluxation S AH B L AH K S EY SH AH N
subluxed S AH B L AH K S T
submandibular S AH B M AE N D IH B Y AH L ER
submucosal S AH B M Y UW K OW S AH L
subphrenic S AH B F R EH N IH K
subpleural S AH B P L UH R AH L
subscapularis S AH B S K AE P Y AH L EH R IH S
subsegmental S AH B S EH G M EH N T AH L
subsolid S AH B S AA L IH D
sulcal S AH L K AH L
sulci S AH L S AY
sulcus S AH L K AH S
supraclavicular S UW P R AH K L AH V IH K Y AH L ER
suprahilar S UW P R AH HH AY L ER
suprarenal S UW P R AH R IY N AH L
suprasellar S UW P R AH S EH L ER
supraspinatus S UW P R AH S P AH N EY T AH S
supratentorial S UW P R AH T EH N T AO R IY AH L
syndesmosis S IH N D EH Z M OW S IH S
synovitis S IH N AH V AY T IH S
syrinx S IH R IH NG K S
talar T EY L ER
talus T EY L AH S
tarlov T AA R L AA V
technetium T EH K N IY SH IY AH M
tendinopathy T EH N D AH N AA P AH TH IY
tendinosis T EH N D AH N OW S IH S
tenosynovitis T EH N OW S IH N AH V AY T IH S
tentorial T EH N T AO R IY AH L
tentorium T EH N T AO R IY AH M
teratoma T EH R AH T OW M AH
teres T EH R IY Z
testis T EH S T IH S
thalamic TH AH L AE M IH K
thrombophlebitis TH R AA M B OW F L AH B AY T IH S
thrombosed TH R AA M B OW Z D
thrombus TH R AA M B AH S
thymic TH AY M IH K
thymoma TH AY M OW M AH
thymus TH AY M AH S
tibial T IH B IY AH L
tirads T AY R AE D Z
tomosynthesis T OW M OW S IH N TH AH S IH S
tonsillar T AA N S AH L ER
toxicity T AA K S IH S AH T IY
tracheobronchial T R EY K IY OW B R AA NG K IY AH L
tracheostomy T R EY K IY AA S T AH M IY
transabdominal T R AE N Z AE B D AA M AH N AH L
transvaginal T R AE N Z V AE JH AH N AH L
trochanter T R OW K AE N T ER
trochanteric T R OW K AH N T EH R IH K
tubal T UW B AH L
ulna AH L N AH
ulnar AH L N ER
ultravist AH L T R AH V IH S T
unenhanced AH N EH N HH AE N S T
ureter Y UH R IY T ER
ureteral Y UH R IY T ER AH L
ureterocele Y UH R IY T ER OW S IY L
ureteropelvic Y UH R IY T ER OW P EH L V IH K
ureterovesical Y UH R IY T ER OW V EH S IH K AH L
ureters Y UH R IY T ER Z
urethral Y UH R IY TH R AH L
urolithiasis Y UH R OW L IH TH AY AH S IH S
uterine Y UW T ER AH N
uterus Y UW T ER AH S
varices V EH R AH S IY Z
varicocele V EH R IH K OW S IY L
varicoceles V EH R IH K OW S IY L Z
vascularity V AE S K Y AH L EH R AH T IY
vasculature V AE S K Y AH L AH CH ER
vasculitis V AE S K Y AH L AY T IH S
vasogenic V EY Z OW JH EH N IH K
ventriculomegaly V EH N T R IH K Y AH L OW M EH G AH L IY
vertebra V ER T AH B R AH
vertebrae V ER T AH B R EY
vesicoureteral V EH S IH K OW Y UH R IY T ER AH L
visipaque V IH Z IH P EY K
volvulus V AA L V Y AH L AH S
xiphoid Z IH F OY D
zygomatic Z AY G AH M AE T IH K
`;
