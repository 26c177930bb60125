import { renderLetter } from '../../domain/letters/render.ts';
import { templateFaultSentence } from '../../domain/letters/sentences.ts';
import { templateFaults, tidyTemplate, type TemplateFault } from '../../domain/letters/template.ts';
import type { Language } from '../../domain/text/language.ts';
import { letterContracts } from '../../domain/wire/letters.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import { sampleGuestLetter } from '../guests/letters.ts';
import { sampleLetter } from '../invitations/letters.ts';
import { withPicture } from '../mail/present.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError } from '../platform/problems.ts';
import { setTemplate } from './commands.ts';
import { presentTemplate } from './present.ts';
import { templatesOf } from './queries.ts';
import { CHANGED_MEANWHILE, HAS_FAULTS } from './sentences.ts';

/** In the place of a pass: no door takes it. */
const NOBODYS_CODE = 'THE MAU';

/** Words of the letters to those who are invited: read, written, looked at before they go. */
export function letterRoutes(): Route[] {
  return [
    implement(letterContracts.letterTemplates, async ({ scope, context }) => ({
      items: (await templatesOf(context, scope)).map(presentTemplate),
    })),

    implement(letterContracts.setLetterTemplate, async ({ scope, body, context }) => {
      const { kind, version, template } = body;
      const set = await setTemplate(context, scope, kind, template, version);
      if (set.ok) return presentTemplate(set.value);
      if (set.reason === 'changed meanwhile') throw new ProblemError('out-of-date', CHANGED_MEANWHILE);
      const faults = set.faults.map((fault) => ({
        at: placeOf(fault),
        message: templateFaultSentence(fault),
      }));
      throw new ProblemError('has-errors', HAS_FAULTS, faults);
    }),

    implement(letterContracts.previewLetter, async ({ scope, body, context }) => {
      const template = tidyTemplate(body);
      const guest = body.kind === 'guest' ? await sampleGuestLetter(context, scope) : null;
      const { name, fields } = guest ?? (await sampleLetter(context, scope, body.kind));
      const faults = templateFaults(body.kind, template).map((fault) => faultIn(fault, context.language));
      const letter = renderLetter(template, fields);
      return { name, ...letter, html: withPicture(letter.html, NOBODYS_CODE), faults };
    }),
  ];
}

function placeOf({ line }: TemplateFault): string {
  return line === 0 ? 'subject' : line === null ? 'body' : `body.${line}`;
}

function faultIn(fault: TemplateFault, language: Language): Fault {
  return { at: placeOf(fault), message: templateFaultSentence(fault)[language] };
}
