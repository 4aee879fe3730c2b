import { displayPersonName } from '#shared/dicom/person-name.ts';
import type { CriticalResult } from '#shared/domain/critical-result.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { localWords } from '#shared/domain/on-call.ts';
import type { Site } from '#shared/domain/site.ts';
import type { SiteQuestion } from '#shared/domain/site-question.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { signatureName } from '#shared/reporting/printed-name.ts';
import { reportHeading } from '#shared/reporting/report-heading.ts';
import { reportSections } from '#shared/reporting/report-sections.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { html, page, type Markup } from './page-frame.ts';
import type { SiteInbox } from './read-inbox.ts';

/** Who looks: what every page of a session needs. */
export interface PageViewer {
  readonly site: Site;
  readonly person: string;
  /** Bound to the session; every form carries it. */
  readonly formKey: string;
}

const timeOf = (at: EpochMs, { critical }: Site): string => localWords(at, critical?.timeZone ?? 'UTC');

const formKeyField = ({ formKey }: PageViewer): Markup => html`<input type="hidden" name="key" value="${formKey}" />`;

const headerOf = (viewer: PageViewer): Markup =>
  html`<header>
    <a href="/">${viewer.site.name}: reports</a>
    <span class="quiet">${viewer.person}</span>
    <form method="post" action="/leave">${formKeyField(viewer)}<button class="plain">Leave</button></form>
  </header>`;

/** Shown for a link: what to type. Nothing here says whether there is anything to read. */
export const enterPage = (token: string, siteName: string, problem?: string): string =>
  page(
    'Reports: enter the code',
    html`<h1>Reports for ${siteName}</h1>
      ${problem === undefined ? undefined : html`<p role="alert" class="urgent">${problem}</p>`}
      <p>Type the code that was told to you. It can be used once.</p>
      <form method="post" action="/enter/${token}">
        <label for="code">Code</label
        ><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required />
        <label for="person">Your name and role</label
        ><input id="person" name="person" autocomplete="name" maxlength="100" required />
        <p><button>Open the reports</button></p>
      </form>
      <form method="post" action="/ask/${token}">
        <p>No code, or it was used?</p>
        <button class="plain">Ask for a new code</button>
      </form>`,
  );

export const wordsPage = (title: string, words: string): string =>
  page(
    title,
    html`<h1>${title}</h1>
      <p>${words}</p>`,
  );

const caseWords = ({ patientName, examText, accessionNumber }: CriticalResult | Delivery | SiteQuestion): Markup =>
  html`${displayPersonName(patientName)},
  ${examText}${accessionNumber === undefined ? undefined : `, order ${accessionNumber}`}`;

const criticalItem = (result: CriticalResult, viewer: PageViewer): Markup =>
  html`<li>
    <h3>${caseWords(result)}</h3>
    <p class="urgent">Critical (${result.level}): ${result.finding}</p>
    <p class="quiet">
      Found ${timeOf(result.foundAt, viewer.site)} by ${signatureName(result.foundBy.name)}. Please confirm by
      ${timeOf(result.windowEndsAt, viewer.site)}.
    </p>
    <form method="post" action="/critical/${result.id}/read">
      ${formKeyField(viewer)}<button>I have read this</button>
    </form>
  </li>`;

const questionItem = (question: SiteQuestion, viewer: PageViewer): Markup =>
  html`<li>
    <h3>${caseWords(question)}</h3>
    <p>${question.text}</p>
    <p class="quiet">Asked ${timeOf(question.askedAt, viewer.site)} by ${signatureName(question.askedBy.name)}.</p>
    ${
      question.answer === undefined
        ? html`<form method="post" action="/questions/${question.id}/answer">
            ${formKeyField(viewer)}
            <label for="answer-${question.id}">Your answer</label>
            <textarea id="answer-${question.id}" name="answer" rows="3" maxlength="2000" required></textarea>
            <p><button>Send the answer</button></p>
          </form>`
        : html`<p>Answered by ${question.answer.by}: ${question.answer.text}</p>`
    }
  </li>`;

const reportItem = (delivery: Delivery, newest: ReadonlyMap<string, number>, viewer: PageViewer): Markup => {
  const version = delivery.reportVersion ?? 1;
  const isReplaced = (newest.get(delivery.taskId) ?? version) > version;
  return html`<li>
    <h3><a href="/reports/${delivery.id}">${caseWords(delivery)}</a></h3>
    <p class="quiet">
      Signed ${timeOf(delivery.signedAt, viewer.site)}, version
      ${version}${isReplaced ? ', replaced by a newer version' : ''}.
      ${delivery.openedBy === undefined ? 'Not opened yet.' : `First opened by ${delivery.openedBy}.`}
    </p>
  </li>`;
};

const listOf = (title: string, items: readonly Markup[], empty?: string): Markup | undefined => {
  if (items.length === 0)
    return empty === undefined
      ? undefined
      : html`<h2>${title}</h2>
          <p class="quiet">${empty}</p>`;
  return html`<h2>${title}</h2>
    <ul class="list">
      ${items}
    </ul>`;
};

export function inboxPage(inbox: SiteInbox, viewer: PageViewer): string {
  const newest = new Map<string, number>();
  for (const { taskId, reportVersion = 1 } of inbox.reports) {
    newest.set(taskId, Math.max(newest.get(taskId) ?? 0, reportVersion));
  }
  const due = inbox.recommendations.filter(({ state }) => state === 'reminded');
  return page(
    'Reports',
    html`<h1>Reports for ${viewer.site.name}</h1>
      ${listOf(
        'Critical results to confirm',
        inbox.open.map((result) => criticalItem(result, viewer)),
      )}
      ${listOf(
        'Questions from the reader',
        inbox.questions.map((question) => questionItem(question, viewer)),
      )}
      ${listOf(
        'Recommended follow-up that is due',
        due.map(
          (each) =>
            html`<li>
              <h3>${displayPersonName(each.patientName)}, ${each.examText}</h3>
              <p>${each.what}, because of ${each.why}. Due ${timeOf(each.dueAt, viewer.site).slice(0, 10)}.</p>
            </li>`,
        ),
      )}
      ${listOf(
        'Reports',
        inbox.reports.map((delivery) => reportItem(delivery, newest, viewer)),
        'No report has come yet.',
      )}
      ${listOf(
        'Confirmed critical results',
        inbox.confirmed.map(
          (result) =>
            html`<li>
              <h3>${caseWords(result)}</h3>
              <p>${result.finding}</p>
              <p class="quiet">
                Confirmed by ${result.confirmation?.by},
                ${result.confirmation === undefined ? '' : timeOf(result.confirmation.at, viewer.site)}.
              </p>
            </li>`,
        ),
      )}`,
    headerOf(viewer),
  );
}

export function reportPage(signed: SignedReport, delivery: Delivery, viewer: PageViewer): string {
  const heading = reportHeading(signed);
  const images = signed.body.keyImages ?? [];
  return page(
    'Report',
    html`<h1>${heading.title}</h1>
      ${heading.notices.map((notice) => html`<p class="urgent">${notice}</p>`)}
      <dl>
        ${heading.facts.map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p><a href="/reports/${delivery.id}/report.pdf">Report as PDF</a></p>
      ${reportSections(signed).map(
        ({ title, lines }) =>
          html`<h2>${title}</h2>
            ${lines.map((line) => html`<p>${line}</p>`)}`,
      )}
      ${
        images.length === 0
          ? undefined
          : html`<h2>Key images</h2>
              ${images.map(
                ({ label }, index) =>
                  html`<figure>
                    <img
                      src="/reports/${delivery.id}/images/${index + 1}.png"
                      alt="Key image ${label}"
                      loading="lazy"
                    />
                    <figcaption>${label}</figcaption>
                  </figure>`,
              )}`
      }
      <p class="quiet">${heading.signature.map((line) => html`${line}<br />`)}</p>
      <form method="post" action="/reports/${delivery.id}/read">
        ${formKeyField(viewer)}<button>I have read this</button>
      </form>`,
    headerOf(viewer),
  );
}
