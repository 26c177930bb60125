import { describe, expect, it } from 'vitest';

import { acceptDraft } from '../../../domain/plan/accept.ts';
import { checkReading } from '../../../domain/plan/check-reading.ts';
import { checkPlan } from '../../../domain/plan/checks.ts';
import { PLAN_FINDING_CODES, mergeFindings } from '../../../domain/plan/finding.ts';
import type { PlanFinding } from '../../../domain/plan/finding.ts';
import { Plan } from '../../../domain/plan/plan.ts';
import { readPlan } from '../../../domain/plan/reader.ts';
import { failureSentence, findingSentence } from '../../../domain/plan/sentences.ts';
import { fixture } from './facts.ts';

function plan(change: Partial<Record<keyof Plan, unknown>> = {}): Plan {
  return Plan.parse({
    number: '25-KH/TW',
    issuer: 'Ban Bí thư',
    issuedOn: '2024-12-29',
    title: 'Hội nghị mẫu',
    banner: null,
    startsAt: '2025-01-13T08:00:00+07:00',
    endsAt: '2025-01-13T11:30:00+07:00',
    venue: null,
    format: 'hybrid',
    broadcast: null,
    replacesNotice: true,
    bridgeClasses: ['central', 'commune'],
    clauses: [clause('C1', 'central'), clause('C2', 'commune')],
    chairing: ['Đồng chí Trưởng Ban chủ trì Hội nghị', 'Cử một đồng chí chủ trì tại điểm cầu cấp xã'],
    agenda: [],
    documents: [],
    duties: [],
    recipients: [],
    ...change,
  });
}

function clause(id: string, bridgeClass: string, quota: number | null = null): unknown {
  return { id, bridgeClass, text: 'Cán bộ', basis: 'summoned', exclusions: [], condition: null, quota };
}

function duty(
  text: string,
  phrase: string,
  dueBefore: string | null,
  addressee: string | null = 'Văn phòng',
): unknown {
  return { owner: 'Các đơn vị', text, addressee, via: null, deadline: { phrase, dueBefore, recurs: null } };
}

function codes(findings: readonly PlanFinding[]): string[] {
  return findings.map((finding) => finding.code);
}

describe('checkPlan', () => {
  it('finds nothing in a sound plan', () => {
    expect(checkPlan(plan())).toEqual([]);
  });

  it.each([
    ['ends-before-start', { endsAt: '2025-01-13T07:00:00+07:00' }],
    ['no-start', { startsAt: null, endsAt: null }],
    ['no-hour', { startsAt: '2025-01-13', endsAt: null }],
    ['issued-after-start', { issuedOn: '2025-01-14' }],
    ['no-bridge-classes', { bridgeClasses: [], clauses: [] }],
    ['no-clauses', { clauses: [] }],
    [
      'clause-class-not-listed',
      { clauses: [clause('C1', 'central'), clause('C2', 'commune'), clause('C3', 'province')] },
    ],
    ['class-without-clauses', { clauses: [clause('C1', 'central')] }],
    ['quota-unstated', { clauses: [clause('C1', 'central', 0), clause('C2', 'commune')] }],
    ['chair-rule-missing', { chairing: ['Đồng chí Trưởng Ban chủ trì Hội nghị'] }],
    [
      'agenda-too-long',
      { agenda: [120, 100].map((minutes) => ({ title: 'Báo cáo', presenter: null, minutes, limit: 'max' })) },
    ],
    ['item-too-long', { agenda: [{ title: 'Báo cáo', presenter: null, minutes: 240, limit: 'max' }] }],
    [
      'deadline-before-issue',
      { duties: [duty('Chuẩn bị', 'trước ngày 20/12/2024', '2024-12-20T00:00:00+07:00')] },
    ],
    [
      'deadline-after-start',
      { duties: [duty('Báo số lượng đại biểu', 'trước ngày 15/01/2025', '2025-01-15T00:00:00+07:00')] },
    ],
    [
      'deadline-not-working-day',
      { duties: [duty('Chuẩn bị', 'trước 06/01/2025', '2025-01-06T00:00:00+07:00')] },
    ],
    ['deadline-undated', { duties: [duty('Báo cáo', 'theo quy định', null)] }],
    [
      'document-with-two-dates',
      { documents: ['Nghị quyết số 57-NQ/TW, ngày 22/12/2024', 'Nghị quyết số 57-NQ/TW, ngày 20/12/2024'] },
    ],
    ['document-later-than-plan', { documents: ['Kế hoạch số 9-KH/TU, ngày 02/01/2025'] }],
    ['symbol-odd', { number: '01-TB/BCDTW' }],
  ] as const)('%s', (code, change) => {
    expect(codes(checkPlan(plan(change)))).toContain(code);
  });

  it('wants no districts from 01/07/2025 on, and wants them gone by the tree where there is one', () => {
    const district = {
      bridgeClasses: ['central', 'district'],
      clauses: [clause('C1', 'central'), clause('C2', 'district')],
    };
    expect(codes(checkPlan(plan(district)))).not.toContain('districts-gone');
    expect(codes(checkPlan(plan({ ...district, startsAt: '2025-07-01', endsAt: null })))).toContain(
      'districts-gone',
    );
    expect(codes(checkPlan(plan(district), { levels: ['province', 'commune'] }))).toContain('districts-gone');
  });

  it('finds a report that is due before the study that it reports on ends', () => {
    const study = duty('Tổ chức học tập', 'hoàn thành trong tháng 3/2025', '2025-04-01T00:00:00+07:00', null);
    const early = duty('Báo cáo kết quả học tập', 'trước ngày 28/3/2025', '2025-03-28T00:00:00+07:00');
    const later = duty('Báo cáo kết quả học tập', 'trước ngày 05/4/2025', '2025-04-05T00:00:00+07:00');
    expect(codes(checkPlan(plan({ duties: [study, early] })))).toContain('report-before-study-ends');
    expect(codes(checkPlan(plan({ duties: [study, later] })))).not.toContain('report-before-study-ends');
  });
});

function found(text: string): PlanFinding[] {
  return checkReading(readPlan(text));
}

describe('checkReading', () => {
  it('holds the weekday against the date', () => {
    expect(codes(found('1. Thời gian: 8 giờ, thứ Hai, ngày 13/01/2025.'))).toEqual([]);
    const wrong = found('1. Thời gian: 8 giờ, thứ Ba, ngày 13/01/2025.');
    expect(wrong[0]).toMatchObject({ code: 'weekday-wrong', path: 'startsAt' });
    expect(findingSentence(wrong[0] as PlanFinding, 'vi')).toBe(
      'Ngày 13/01/2025 là thứ Hai, không phải thứ Ba.',
    );
    expect(findingSentence(wrong[0] as PlanFinding, 'en')).toBe('13/01/2025 is a Monday, not a Tuesday.');
  });

  it('finds a committee that is named in two ways', () => {
    const name = 'Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ và chuyển đổi số';
    expect(codes(found(`I- MỤC ĐÍCH\n\n1. ${name} quốc gia họp.\n\n2. ${name} họp.`))).toContain(
      'committee-named-two-ways',
    );
    expect(codes(found(`I- MỤC ĐÍCH\n\n1. ${name} họp.\n\n2. ${name} họp.`))).toEqual([]);
  });

  it('shows dates that do not exist and duties without an owner', () => {
    const text = 'III- TỔ CHỨC THỰC HIỆN\n\n- Gửi báo cáo trước ngày 31/02/2025.';
    expect(codes(found(text)).toSorted()).toEqual(['date-unclear', 'owner-missing']);
  });

  it('is merged with the findings of the plan, each once', () => {
    const one: PlanFinding = {
      code: 'document-with-two-dates',
      severity: 'warning',
      path: null,
      params: { number: '1-KH/TU' },
    };
    expect(mergeFindings([one], [{ ...one, path: 'documents.0' }])).toEqual([
      { ...one, path: 'documents.0' },
    ]);
  });
});

describe('sentences', () => {
  it('exist for every finding in both languages', () => {
    for (const code of PLAN_FINDING_CODES) {
      const finding: PlanFinding = {
        code,
        severity: 'note',
        path: null,
        params: {
          date: '2025-01-13',
          first: '2025-01-13',
          second: '2025-01-14',
          issued: '2025-01-13',
          start: '2025-01-13',
          held: '2025-01-13',
          lastDay: '2025-01-13',
          class: 'commune',
        },
      };
      for (const language of ['vi', 'en'] as const) {
        const sentence = findingSentence(finding, language);
        expect(sentence).toMatch(/[.]$/);
        expect(sentence).not.toMatch(/null|undefined|NaN/);
      }
    }
  });
});

describe('acceptDraft', () => {
  const draft = readPlan(fixture('national-clean.md')).plan;

  it('makes a plan of what was read', () => {
    const accepted = acceptDraft(draft);
    expect(accepted.ok && accepted.value.bridgeClasses).toEqual([
      'central',
      'agency',
      'province',
      'district',
      'commune',
    ]);
  });

  it('names every field that is missing', () => {
    const none = { value: null, source: [], confidence: 0 };
    const [first] = draft.clauses;
    const result = acceptDraft({
      ...draft,
      title: none,
      clauses: first === undefined ? [] : [{ ...first, bridgeClass: none }],
    });
    expect(result).toEqual({
      ok: false,
      reason: 'not a whole plan',
      fields: [
        { path: 'title', problem: 'missing' },
        { path: 'clauses.0.bridgeClass', problem: 'missing' },
      ],
    });
    expect(result.ok ? '' : result.fields.map((field) => failureSentence(field, 'vi')).join(' ')).toBe(
      'Thiếu tên hội nghị. Mục thành phần thứ 1: thiếu loại điểm cầu.',
    );
  });

  it('refuses ten million letters in a name, and says where', () => {
    const long = { value: 'a'.repeat(10_000_000), source: [], confidence: 1 };
    expect(acceptDraft({ ...draft, venue: long })).toMatchObject({
      ok: false,
      fields: [{ path: 'venue', problem: 'too long' }],
    });
  });
});
