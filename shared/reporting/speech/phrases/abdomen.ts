import type { PhraseStock } from './phrase-stock.ts';

export const ABDOMEN: PhraseStock = {
  bodyParts: ['ABDOMEN', 'LIVER', 'KIDNEY', 'APPENDIX', 'WHOLEBODY'],
  findings:
    'hydronephrosis|mechanical bowel obstruction|uncomplicated appendicitis|uncomplicated diverticulitis|hydroureter|ureteral stone/s|renal stone/s|renal calculus|renal calculi|kidney stone/s|obstructing stone|nonobstructing stone/s|stone/s|calculus|calculi|perinephric stranding|fat stranding|stranding|renal cyst/s|simple cyst/s|renal mass|gallstone/s|cholelithiasis|cholecystitis|gallbladder wall thickening|wall thickening|pericholecystic fluid|gallbladder polyp/s|biliary dilatation|biliary ductal dilatation|ductal dilatation|bile duct dilatation|choledocholithiasis|pancreatitis|peripancreatic fluid|peripancreatic stranding|pancreatic duct dilatation|pancreatic mass|hepatic steatosis|fatty liver|steatosis|cirrhosis|liver lesion/s|focal liver lesion/s|hepatic cyst/s|hemangioma/s|hepatocellular carcinoma|arterial hyperenhancement|washout|capsule|hepatomegaly|splenomegaly|ascites|free air|free gas|pneumoperitoneum|bowel obstruction|small bowel obstruction|large bowel obstruction|ileus|dilated loops|dilated small bowel loops|transition point|bowel wall thickening|appendicitis|appendicolith|diverticulitis|diverticulosis|diverticula|colitis|hernia/s|inguinal hernia|umbilical hernia|ventral hernia|retroperitoneal hematoma|adrenal nodule/s|adenoma|abdominal aortic aneurysm|aortic calcification/s|active extravasation|active bleeding|splenic laceration|liver laceration|laceration/s|mesenteric stranding|mesenteric ischemia|intussusception|pyloric stenosis|constipation|stool burden|portal vein thrombosis|varices|volvulus|pyelonephritis|hyperechoic fat|echogenic fat|pneumatosis|target sign|posterior acoustic shadowing|sludge|cortical thinning'.split(
      '|',
    ),
  structures:
    'liver|gallbladder|bile ducts|biliary tree|common bile duct|intrahepatic bile ducts|pancreas|pancreatic duct|spleen|kidneys|kidney|adrenal glands|adrenals|ureters|urinary bladder|bladder|stomach|duodenum|bowel|small bowel|large bowel|colon|appendix|terminal ileum|rectum|mesentery|omentum|peritoneum|aorta|abdominal aorta|inferior vena cava|portal vein|portal veins|hepatic veins|splenic vein|mesenteric vessels|superior mesenteric artery|celiac axis|retroperitoneum|lymph nodes|abdominal wall|lung bases|visualized bones|osseous structures|bones|bowel gas pattern|liver echotexture|liver parenchyma|gallbladder wall|renal parenchyma|corticomedullary differentiation|uterus|ovaries|prostate|seminal vesicles|ureteral jets|pyloric muscle|pyloric channel|psoas muscles'.split(
      '|',
    ),
  places:
    'liver|hepatic lobe|segment two|segment three|segment four a.|segment four b|segment five|segment six|segment seven|segment eight|gallbladder|gallbladder neck|common bile duct|pancreas|pancreatic head|pancreatic body|pancreatic tail|spleen|kidney|kidneys|renal pelvis|upper pole|lower pole|interpolar region|ureter|proximal ureter|mid ureter|distal ureter|ureterovesical junction|ureteropelvic junction|bladder|adrenal gland|stomach|duodenum|small bowel|jejunum|ileum|terminal ileum|cecum|ascending colon|transverse colon|descending colon|sigmoid colon|sigmoid|colon|rectum|appendix|abdomen|pelvis|right upper quadrant|left upper quadrant|right lower quadrant|left lower quadrant|quadrant|retroperitoneum|mesentery|paracolic gutter|abdominal wall|aorta|infrarenal aorta|renal|hepatic|periappendiceal|perihepatic|perisplenic'.split(
      '|',
    ),
  sentences: [
    'No free air or free fluid.',
    'No free gas or free fluid.',
    'The liver, spleen, pancreas and adrenal glands are unremarkable.',
    'The liver is normal in size and echotexture.',
    'No focal hepatic lesion.',
    'No focal liver lesion.',
    'No gallstones.',
    'No gallstones or gallbladder wall thickening.',
    "Sonographic Murphy's sign is negative.",
    'The common bile duct is not dilated.',
    'No intrahepatic or extrahepatic biliary dilatation.',
    'No hydronephrosis or renal calculi.',
    'No hydronephrosis.',
    'The kidneys enhance symmetrically.',
    'The appendix is normal.',
    'The appendix is not visualized.',
    'No evidence of bowel obstruction.',
    'No bowel obstruction.',
    'Nonobstructive bowel gas pattern.',
    'The abdominal aorta is normal in caliber.',
    'No enlarged abdominal or pelvic lymph nodes.',
    'No lymphadenopathy.',
    'No ascites.',
    'The urinary bladder is unremarkable.',
    'Status post cholecystectomy.',
    'Diverticulosis without diverticulitis.',
    'No acute osseous abnormality.',
    'The portal vein is patent with hepatopetal flow.',
  ],
  impressions: [
    'No acute abnormality of the abdomen or pelvis.',
    'No acute abdominal or pelvic abnormality.',
    'No acute intra abdominal process.',
    'Acute uncomplicated appendicitis.',
    'Acute appendicitis.',
    'Acute cholecystitis.',
    'Cholelithiasis without cholecystitis.',
    'Acute uncomplicated diverticulitis.',
    'Acute uncomplicated sigmoid diverticulitis.',
    'Small bowel obstruction.',
    'No bowel obstruction.',
    'No urinary tract calculi.',
    'No evidence of appendicitis.',
    'Hepatic steatosis.',
  ],
  normals: [
    ['abdomen', 'The liver, spleen, pancreas and adrenal glands are unremarkable. No free air or free fluid.'],
    ['liver', 'The liver is unremarkable. No focal hepatic lesion.'],
    ['gallbladder', 'The gallbladder is unremarkable. No gallstones.'],
    ['bile ducts', 'No intrahepatic or extrahepatic biliary dilatation.'],
    ['pancreas', 'The pancreas is unremarkable.'],
    ['spleen', 'The spleen is normal in size.'],
    ['kidneys', 'The kidneys are unremarkable. No hydronephrosis.'],
    ['adrenals', 'The adrenal glands are unremarkable.'],
    ['bowel', 'No evidence of bowel obstruction.'],
    ['appendix', 'The appendix is normal.'],
    ['bladder', 'The urinary bladder is unremarkable.'],
    ['aorta', 'The abdominal aorta is normal in caliber.'],
  ],
  reasons:
    'abdominal pain|right lower quadrant pain|right upper quadrant pain|left lower quadrant pain|flank pain|left flank pain|right flank pain|epigastric pain|hematuria|diarrhea|constipation|jaundice|appendicitis|diverticulitis|cholecystitis|pancreatitis|bowel obstruction|kidney stone|renal colic|abnormal liver function tests|hepatitis|cirrhosis|abdominal distension|gastrointestinal bleeding|urinary tract infection|colon cancer|hepatocellular carcinoma'.split(
      '|',
    ),
};

export const PELVIS: PhraseStock = {
  bodyParts: ['PELVIS', 'PROSTATE', 'PREGNANCY', 'SCROTUM', 'WHOLEBODY'],
  findings:
    'fibroid/s|pelvic fluid|free pelvic fluid|adnexal abnormality|pelvic lymph node enlargement|osseous lesion/s|uterine fibroid/s|ovarian cyst/s|adnexal mass/es|adnexal cyst|ovarian torsion|torsion|ectopic pregnancy|intrauterine pregnancy|gestational sac|yolk sac|fetal pole|embryo|cardiac activity|subchorionic hematoma|subchorionic hemorrhage|endometrial thickening|hydrosalpinx|hemorrhagic cyst|endometrioma|dermoid|pelvic free fluid|extraprostatic extension|seminal vesicle invasion|pelvic lymphadenopathy|varicocele/s|hydrocele/s|testicular mass|testicular torsion|epididymitis|orchitis|microlithiasis|intratesticular mass|pelvic fracture/s|pelvic ring fracture|index lesion|retained products|polyp/s|increased flow|absent flow|reduced flow'.split(
      '|',
    ),
  structures:
    'uterus|endometrium|endometrial stripe|common duct|myometrium|cervix|ovaries|ovary|adnexa|bladder|urinary bladder|prostate|prostate gland|seminal vesicles|peripheral zone|transition zone|rectum|testes|testis|testicles|epididymis|spermatic cord|testicular flow|ovarian flow|flow|heart rate|crown rump length|mean sac diameter|pelvic lymph nodes|neurovascular bundles|bony pelvis'.split(
      '|',
    ),
  places:
    'uterus|uterine fundus|endometrium|cervix|ovary|ovaries|adnexa|cul de sac|prostate|peripheral zone|transition zone|central zone|anterior stroma|apex|base|midgland|seminal vesicle|testis|testes|epididymis|scrotum|pelvis|endometrial cavity|myometrium|fundus'.split(
      '|',
    ),
  sentences: [
    'The uterus is normal in size.',
    'The endometrium is not thickened.',
    'Both ovaries are normal in size with normal flow.',
    'No adnexal mass.',
    'No pelvic free fluid.',
    'Single live intrauterine pregnancy.',
    'No intrauterine gestational sac.',
    'Both testes are normal in size and echotexture with symmetric flow.',
    'No testicular mass.',
    'No extraprostatic extension.',
    'The seminal vesicles are normal.',
    'No enlarged pelvic lymph nodes.',
  ],
  impressions: [
    'Single live intrauterine pregnancy.',
    'No sonographic evidence of ovarian torsion.',
    'No evidence of testicular torsion.',
    'Pregnancy of unknown location.',
    'Normal pelvic ultrasound.',
    'Normal scrotal ultrasound.',
    'Fibroid uterus.',
  ],
  normals: [
    ['pelvis', 'The uterus and ovaries are unremarkable. No pelvic free fluid.'],
    ['uterus', 'The uterus is normal in size.'],
    ['ovaries', 'Both ovaries are normal in size with normal flow.'],
    ['prostate', 'The prostate is normal in size.'],
    ['testes', 'Both testes are normal in size and echotexture with symmetric flow.'],
  ],
  reasons:
    'pelvic pain|vaginal bleeding|pregnancy|positive pregnancy test|amenorrhea|ovarian cyst|ovarian torsion|infertility|scrotal pain|testicular pain|testicular swelling|elevated p s a.|prostate cancer|menorrhagia|ectopic pregnancy'.split(
      '|',
    ),
};
