/**
 * Other ways in which words of the two tables are said: other stress, other vowels, as from spelling (`hilar` as in
 * `hill`), and what speech synthesisers spell (`infarct`). One word a line, phones as there.
 */
export const PHONES_ALSO = `
abscesses AE B S EH S AH Z
acetabulum AH S AH T AE B UW L AH M
aneurysms AH N R IY Z AH M Z
angiography AE N IY AA G R AH F IY
angiomyolipoma AE N JH IY OW M Y OW L IY P OW M AH
anterolisthesis AE N T R OW L IH S TH AH S AH S
apices AH P AY S IH Z
arthropathy AA R TH R AH P AE TH IY
ascites AH S AY T S
atelectasis EY T IH L AH K T AE S AH S
atelectatic EY T IH L AH K T AE T IH K
atherosclerotic AE TH ER AH S K L R AA T IH K
axillae AE K S IH L
axillary AE K S IH L EH R IY
bibasilar B AY B AH S AH L ER
biliary B IH L Y EH ER IY
bruit B R UW T
bursitis B ER S AY T AH S
calcification K AE L S IH F AH K EY SH AH N
calcifications K AE L S IH F AH K EY SH AH N Z
calculi K AE L K Y AH L IY
callosum K AE L AA S AH M
cardiomediastinal K AA R D IY AH M IY D IY AE S T IH N AH L
cardiomegaly K AA R D IY AH M IY G AH L IY
carotids K R AH T AH D Z
cavitation K AE V IH T EY SH AH N
cerebellar S ER IH B EH L ER
cerebellum S ER IH B EH L AH M
cholecystitis CH AH L IH S IH S T AY T AH S
clavicular K L AE V IH K Y AH L ER
colitis K OW L IH T AH S
costophrenic K AA S T AH F R EH N IH K
craniectomy K R AA N IY K T AH M IY
cruciate K R UW S IY EY T
decubitus D EH K Y UW B AY T AH S
discitis D IH S AY T AH S
diverticulitis D AY V ER T IH K Y AH L AY T AH S
diverticulosis D AY V ER T IH K UW L OW S AH S
dural D R AH L
effusion EH F Y UW ZH AH N
effusions EH F Y UW ZH AH N Z
emboli EH M B OW L IY
embolus EH M B OW L AH S
endotracheal EH N D OW T R AE K IY L
epiglottitis EH P IH G L AA T AY T AH S
extrahepatic IH K S T R AH HH P AE T IH K
fissural F IH SH UH R AH L
flavum F L AE V AH M
foramina F AO R AH M IY N AH
foraminal F AO R AH M AH N AH L
fossa F OW S AH
gliosis G L IY OW S AH S
granuloma G R AE N UW L OW M AH
granulomas G R AE N UW L OW M AH Z
hemangioma HH EH M AE N G IY OW M AH
hemangiomas HH EH M AE N G IY OW M AH Z
hematoma HH EH M AH T OW M AH
hematomas HH EH M AH T OW M AH Z
hemidiaphragm HH EH M IH D IY AH F R AE G M
hemithorax HH EH M IH TH AO R AE K S
hemothorax HH EH M AH TH AO R AE K S
hepatomegaly HH EH P AH T AH M IY G AH L IY
hiatal HH AY AH T AH L
hila HH IY L AH
hilar HH IH L ER
hilum HH IH L AH M
honeycombing HH AH N IY K AH M B IH NG
hydrocele HH AY D R OW S AH L
hydronephrosis HH AY D R AH N EH F R OW S AH S
hydroureter HH AY D R AO R EY T ER
hyperdense HH AY P ER D IH N S
hyperintensities HH AY P ER AH N T EH N S AH T IY Z
hyperintensity HH AY P ER AH N T EH N S AH T IY
hypodense HH AY P AH D IH N S
hypodensities HH AY P AH D EH N S AH T IY Z
hypodensity HH AY P AH D EH N S AH T IY
ileocecal AY L IY OW S K AH L
ileum AY L UW M
infarct AY EH N EH F EY AA R S IY T IY
infarcted IH N F AA R K T AH D
infarcts AY EH N EH F EY AA R S IY T IY EH S
infrahilar IH N F R AH HH IH L ER
infraspinatus IH N F R AE S P AH N AE T AH S
intrahepatic IH N T R AH HH P AE T IH K
intraparenchymal IH N T R AH P EH R EH N K IY M AA L
intraventricular IH N T R AH V AH N T R IH K Y AH L ER
kyphosis K AY F OW S AH S
labral L AE B R AH L
labrum L AA B R AH M
lacunar L AE K Y UW N ER
lingula L IH NG G AH L AH
lipoma L IH P OW M AH
listhesis L IH S TH AH S AH S
malalignment M EY L AA L AY N M AH N T
malleolus M AE L IY OW L AH S
mediastinal M IY D IY AE S T IH N AH L
mediastinum M IY D IY AE S T AH N AH M
meniscal M EH N IH S K AH L
menisci M EH N IH S IY
meniscus M EH N IH S K AH S
microhemorrhage M AY K R AH HH AH M ER IH JH
microhemorrhages M AY K R AH HH AH M ER IH JH AH Z
nasogastric N AH Z OW G AE S T R IH K
nephrolithiasis N AH F R AH L IH TH AY AE S AH S
opacification OW P AE S IH F AH K EY SH AH N
opacities OW P AA S AH T IY Z
osteopenia AA S T OW P IY N IY AH
osteophyte AA S T IY OW F AY T
osteophytes AA S T IY OW F AY T S
pancreatitis P AE N K R IY EY T AY T AH S
paracentral P EH R AH CH EH N T R AH L
paranasal P EH R AA N AH S AH L
paraspinal P EH R AH S P IH N AH L
parenchyma P EH R EH N K IH M AH
parenchymal P EH R EH N K IY M AA L
parotid P EH R AH T IH D
peribronchial P EH ER IH B R AA N CH IY AH L
pericardial P EH ER IH K AA R D IY AH L
pericardium P EH ER IH K AA R D IY AH M
perihilar P EH ER IH HH AH L ER
periventricular P EH ER IH V AH N T R IH K Y AH L ER
picc P IY AY S IY S IY
pneumatosis N UH M AH T OW S AH S
pneumomediastinum N UW M AH M IY D IY AE S T AH N AH M
pneumoperitoneum N UW M OW P R IY T OW N IY AH M
radiculopathy R AE D AH K UW L OW P AE TH IY
radiograph R EY D IY AA G R AE F
radiographs R EY D IY AA G R AE F S
retrolisthesis R EH T R OW L IH S TH AH S AH S
retroperitoneal R EH T R AA P R IY T OW N IY L
sacral S AE K R AH L
sacroiliac S AE K R OY AA L IY AE K
sacrum S AE K R AH M
scaphoid S K AH F OY D
sclerotic S K L R AA T IH K
scoliosis S K AA L IY OW S AH S
segmental S EH G M AH N T AH L
semicolon S EH M IH K AH L AH N
sinusitis S AY N UW S AY T AH S
spiculated S P AY K Y AH L EY T IH D
splenomegaly S P AH L AH N OW M IY G AH L IY
spondylolisthesis S P AA N D IH L OW L IH S TH AH S AH S
spondylosis S P AA N D IH L OW S AH S
stenoses S T EH N OW S IY Z
subarachnoid S AH B R AH K N OY D
subcentimeter S AH B S EH N T IH M IY T ER
subdural S AH B D R AH L
subluxed S AH B L UW K S T
subpleural S AH B P L R AH L
subsegmental S AH B S IH G M AH N T AH L
sulci S AH L CH IY
supraspinatus S UW P R AE S P AH N AE T AH S
tendinosis T EH N D AH N OW S AH S
thrombosed TH R AA M B OW S D
ureter EH T ER
ureteral EH T ER AH L
ureters EH T ER Z
varices V EH R IH S AH Z
vascularity V AH S K Y AH L EH R AH T IY
vasculature V AH S K Y UW L AH CH ER
ventriculomegaly V EH N T R IH K UW L AH M IY G AH L IY
volvulus V OW L V AH L AH S
`;
