import { z } from 'zod';

import { Role } from './access.ts';
import { contract, ONLY_BEGINS } from './contract.ts';
import { Entered, TypedCode } from './sign-in.ts';

/** How an app that makes one-time codes is set up (mã một lần). */
export const Enrolment = z.object({
  /** For typing, in base32. */
  secret: z.string(),
  /** The same for a camera: `otpauth://totp/…` */
  uri: z.string(),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** Codes that let one in once each without the app; shown this one time (mã dự phòng). */
const RecoveryCodes = z.array(z.string());

export const SecondFactor = z.object({
  on: z.boolean(),
  /** Whether one of the person's roles asks for it. */
  needed: z.boolean(),
  /** Recovery codes that are left. */
  recoveryCodes: z.int(),
});
export type SecondFactor = z.infer<typeof SecondFactor>;

/** Whose roles ask for a second factor. */
const Requirement = z.object({ roles: z.array(Role).max(Role.options.length) });

export const secondFactorContracts = {
  giveCode: contract({
    method: 'post',
    path: '/sign-in/code',
    summary: 'Give the code of the second factor, or a recovery code, after the first',
    scope: { at: 'public' },
    body: z.object({ code: TypedCode }),
    answer: Entered,
  }),
  beginEnrolment: contract({
    method: 'post',
    path: '/sign-in/enrol',
    summary: 'Begin to set up the second factor that a role asks for, before coming in',
    scope: { at: 'public' },
    answer: Enrolment,
    audit: ONLY_BEGINS,
  }),
  finishEnrolment: contract({
    method: 'post',
    path: '/sign-in/enrol/confirm',
    summary: 'Finish it with a first code, and come in',
    scope: { at: 'public' },
    body: z.object({ code: TypedCode }),
    answer: z.object({ entered: Entered, recoveryCodes: RecoveryCodes }),
  }),
  secondFactor: contract({
    method: 'get',
    path: '/me/second-factor',
    summary: 'Whether one has a second factor, and whether one needs it',
    scope: { at: 'account' },
    answer: SecondFactor,
  }),
  beginSecondFactor: contract({
    method: 'post',
    path: '/me/second-factor',
    summary: 'Begin to set up a second factor, or another app for it',
    scope: { at: 'account' },
    answer: Enrolment,
    audit: ONLY_BEGINS,
  }),
  finishSecondFactor: contract({
    method: 'post',
    path: '/me/second-factor/confirm',
    summary: 'Finish it with a first code; answers with new recovery codes',
    scope: { at: 'account' },
    body: z.object({ code: TypedCode }),
    answer: z.object({ recoveryCodes: RecoveryCodes }),
  }),
  newRecoveryCodes: contract({
    method: 'post',
    path: '/me/second-factor/recovery-codes',
    summary: 'New recovery codes in the place of the old ones',
    scope: { at: 'account' },
    answer: z.object({ recoveryCodes: RecoveryCodes }),
  }),
  endSecondFactor: contract({
    method: 'post',
    path: '/me/second-factor/end',
    summary: 'Do without a second factor, where no role asks for it',
    scope: { at: 'account' },
    answer: null,
  }),
  requirement: contract({
    method: 'get',
    path: '/second-factor',
    summary: 'Which roles ask for a second factor, everywhere',
    scope: { at: 'installation', right: 'organize' },
    answer: Requirement,
  }),
  setRequirement: contract({
    method: 'put',
    path: '/second-factor',
    summary: 'Say which roles ask for a second factor, everywhere',
    scope: { at: 'installation', right: 'organize' },
    body: Requirement,
    answer: Requirement,
  }),
  conferenceRequirement: contract({
    method: 'get',
    path: '/conferences/{conference}/second-factor',
    summary: 'Which roles of a conference ask for a second factor',
    scope: { at: 'conference', right: 'organize' },
    answer: Requirement,
  }),
  setConferenceRequirement: contract({
    method: 'put',
    path: '/conferences/{conference}/second-factor',
    summary: 'Say which roles of a conference ask for a second factor',
    scope: { at: 'conference', right: 'organize' },
    body: Requirement,
    answer: Requirement,
  }),
};
