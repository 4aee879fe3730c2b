import type { ReportBody } from './report.ts';

/** The text of a version that takes something back or says that there is no reading: nothing of the old findings is repeated. */
export const noticeBody = (earlier: Pick<ReportBody, 'templateId' | 'title'>, text: string): ReportBody => ({
  templateId: earlier.templateId,
  title: earlier.title,
  sections: [{ id: 'notice', title: 'Notice', role: 'impression', fields: [], text, textSource: 'typed' }],
});
