import type { DemoPatient } from '../demo-study.ts';

/** People who do not exist. */
export const PATIENTS = {
  hollis: { mrn: 'M4400172', name: 'Hollis^Raymond^T', sex: 'M', birthDate: '1951-03-09' },
  vance: { mrn: 'M4418306', name: 'Vance^Delphine', sex: 'F', birthDate: '1979-11-22' },
  bellamy: { mrn: 'M4420951', name: 'Tran-Bellamy^Otis', sex: 'M', birthDate: '2003-06-14' },
  fairweather: { mrn: 'M4391180', name: 'Fairweather^Norma^J', sex: 'F', birthDate: '1946-01-30' },
  castellan: { mrn: 'M4407725', name: 'Castellan^Hugo', sex: 'M', birthDate: '1957-08-02' },
  brandvold: { mrn: 'M4366014', name: 'Brandvold^Ingrid', sex: 'F', birthDate: '1968-04-17' },
  abernathy: { mrn: 'M4421477', name: 'Abernathy^Priya', sex: 'F', birthDate: '1991-10-05' },
  achterberg: { mrn: 'M4350093', name: 'Achterberg^Lucille', sex: 'F', birthDate: '1962-07-28' },
  okafor: { mrn: 'H0082214', name: 'Okafor-Lind^Marguerite', sex: 'F', birthDate: '1938-12-11' },
  reyes: { mrn: 'H0079650', name: 'Kowalczyk-Reyes^Bruno', sex: 'M', birthDate: '1970-02-23' },
  strand: { mrn: 'H0083107', name: 'Mbeki-Strand^Elias', sex: 'M', birthDate: '2001-09-19' },
  ibarra: { mrn: 'H0080436', name: 'Ibarra-Quill^Simone', sex: 'F', birthDate: '1984-05-06' },
  poole: { mrn: 'H0083119', name: 'Nakagawa-Poole^Edith', sex: 'F', birthDate: '1955-03-27' },
  sorensen: { mrn: 'H0064872', name: 'Sorensen-Diaz^Walter', sex: 'M', birthDate: '1944-08-15' },
  lindqvist: { mrn: 'H0083125', name: 'Lindqvist^Gordon', sex: 'M', birthDate: '1988-01-04' },
} as const satisfies Readonly<Record<string, DemoPatient>>;

export const DOCTORS = {
  ruiz: { id: 'MGH2041', name: 'Ruiz-Harper^Camille^^Dr.' },
  osei: { id: 'MGH1877', name: 'Osei^Daniel^^Dr.' },
  whitlock: { id: 'MGH1502', name: 'Whitlock^Anneke^^Dr.' },
  marsh: { id: 'HCH0313', name: 'Marsh^Tobias^^Dr.' },
  yilmaz: { id: 'HCH0288', name: 'Yilmaz^Selin^^Dr.' },
} as const;
