/** The half of PDF.js that reads the file: fonts, pictures, page contents. Nothing of it touches the page. */
import 'pdfjs-dist/build/pdf.worker.min.mjs';
