import { Buffer } from 'node:buffer';

import type { DocumentReference } from 'fhir/r4';

import { rulesSchema } from '#shared/contract/shift-calls.ts';
import { DEFAULT_RULES, type WorklistRules } from '#shared/domain/worklist-rules.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { RULES_IDENTIFIER, rulesInDocument, rulesToDocument } from '#shared/fhir/rules-document.ts';
import type { Log } from '#shared/kernel/log.ts';

/** The rules that order the group's lists: one set, kept on the hub, so that every workstation finds the same order. */
export interface RuleBook {
  inForce(): WorklistRules;
  /** Asks the hub; one that is away, or holds none that can be understood, leaves what was in force. */
  refresh(): Promise<void>;
  /** Refused when somebody else switched since this workstation last asked. */
  switchTo(rules: WorklistRules): Promise<'switched' | 'changed-meanwhile' | 'hub-unreachable'>;
}

const IDENTIFIER = `${RULES_IDENTIFIER.system}|${RULES_IDENTIFIER.value}`;

export function createRuleBook({ fhir, log }: { readonly fhir: FhirClient; readonly log: Log }): RuleBook {
  let rules = DEFAULT_RULES;
  let held: DocumentReference | undefined;

  return {
    inForce: () => rules,
    async refresh() {
      try {
        const [document] = await fhir.search<DocumentReference>('DocumentReference', { identifier: IDENTIFIER }, 1);
        if (document === undefined || document.meta?.versionId === held?.meta?.versionId) return;
        const read = rulesSchema.safeParse(rulesInDocument(document));
        held = document;
        if (read.success) rules = read.data;
        else log.error('rules.unreadable');
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        log.warn('rules.not-read', { code: error.refusal.code });
      }
    },
    async switchTo(next) {
      const document = rulesToDocument({ data: Buffer.from(JSON.stringify(next)).toString('base64') }, held);
      try {
        held =
          held === undefined
            ? await fhir.create<DocumentReference>(document, `identifier=${encodeURIComponent(IDENTIFIER)}`)
            : await fhir.update<DocumentReference>(document, held.meta?.versionId);
        // Created already by someone else: theirs stands.
        const stored = rulesSchema.safeParse(rulesInDocument(held));
        const isOurs = stored.success && JSON.stringify(stored.data) === JSON.stringify(rulesSchema.parse(next));
        if (stored.success) rules = stored.data;
        return isOurs ? 'switched' : 'changed-meanwhile';
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        return error.refusal.code === 'conflict' ? 'changed-meanwhile' : 'hub-unreachable';
      }
    },
  };
}
