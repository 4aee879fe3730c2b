export { demoCatalogue } from './catalogue.ts';
export type { DemoPatient, DemoSiteKey, DemoStudy } from './demo-study.ts';
export { generateImage, generateStudy, type GeneratedFile } from './generate-study.ts';
export { writeStudy, type StudyFolder } from './write-study.ts';
