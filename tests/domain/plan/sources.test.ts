import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { acceptDraft } from '../../../domain/plan/accept.ts';
import { checkReading } from '../../../domain/plan/check-reading.ts';
import { checkPlan } from '../../../domain/plan/checks.ts';
import { readPlan } from '../../../domain/plan/reader.ts';
import { shared } from '../../shared.ts';
import { strayed } from './facts.ts';

function reading(name: string): ReturnType<typeof readPlan> | null {
  const path = shared(`domain/sources/${name}`);
  return path === null ? null : readPlan(readFileSync(path, 'utf8'));
}

type Read = NonNullable<ReturnType<typeof reading>>;

function plan(each: Read | null): Read['plan'] {
  return (each as Read).plan;
}

const bloc = reading('001_1db5682af892a15d.txt');
const first = reading('002_ff17b86074b466a9.txt');
const second = reading('003_a85c016c4889cc41.txt');
const district = reading('004_248d6b34aa5ff351.txt');

// The source documents lie beside the project; without them these tests skip.
describe.skipIf(bloc === null || district === null || first === null || second === null)(
  'source documents',
  () => {
    it('dates a plan by the caption of its annex, where its own date is lost', () => {
      expect(plan(bloc).number.value).toBe('71-KH/ĐUK');
      expect(plan(bloc).issuedOn.value).toBe('2025-02-07');
      expect(plan(bloc).issuer.value).toBe('Ban Thường vụ Đảng ủy Khối');
    });

    it('reads a conference that was held as a bare date, online, with the bridges of the bloc', () => {
      expect(plan(bloc).startsAt.value).toBe('2025-01-13');
      expect(plan(bloc).format.value).toBe('online');
      expect(plan(bloc).bridgeClasses.map((each) => each.value)).toEqual(['party-bloc', 'grassroots']);
      const clauses = plan(bloc).clauses.filter((clause) => clause.bridgeClass.value === 'party-bloc');
      expect(clauses.map((clause) => clause.quota.value)).toEqual([null, 0, null, null]);
      expect(plan(bloc).clauses.at(-1)?.exclusions[0]?.value).toMatch(
        /^không bao gồm các đồng chí đã tham gia/u,
      );
    });

    it('reads the study period and the report of the bloc, with its office and addressee', () => {
      const due = plan(bloc).duties.filter((duty) => duty.deadline.phrase.value !== null);
      expect(due.map((duty) => duty.deadline.dueBefore.value)).toEqual([
        '2025-04-01T00:00:00+07:00',
        '2025-04-05T00:00:00+07:00',
      ]);
      expect(due.map((duty) => duty.via.value)).toEqual([null, 'Ban Tuyên giáo Đảng ủy']);
      expect(due[1]?.addressee.value).toBe('Ban Thường vụ Đảng ủy Khôi');
      expect(
        plan(bloc)
          .recipients.slice(0, 3)
          .map((each) => each.purpose.value),
      ).toEqual(['để b/c', 'để b/c', null]);
    });

    it('reads the deadlines of the district, also the one without a date', () => {
      expect(plan(district).number.value).toBeNull();
      expect(plan(district).issuedOn.value).toBeNull();
      expect(plan(district).agenda).toEqual([]);
      const due = plan(district).duties.filter((duty) => duty.deadline.phrase.value !== null);
      expect(
        due.map((duty) => [duty.deadline.phrase.value, duty.deadline.dueBefore.value, duty.via.value]),
      ).toEqual([
        ['hoàn thành trong tháng 3/2025', '2025-04-01T00:00:00+07:00', null],
        ['hoàn thành trước 10/3/2025', '2025-03-10T00:00:00+07:00', null],
        ['theo quy định', null, null],
        ['trước ngày 28/3/2025', '2025-03-28T00:00:00+07:00', 'Ban Tuyên giáo Huyện ủy'],
      ]);
    });

    it('reads no conference into conclusions', () => {
      for (const each of [first, second]) {
        expect(plan(each).clauses).toEqual([]);
        expect(plan(each).agenda).toEqual([]);
        expect(plan(each).startsAt.value).toBeNull();
        expect(plan(each).venue.value).toBeNull();
      }
    });

    it('quotes what it read', () => {
      for (const each of [bloc, first, second, district])
        expect(strayed(each as NonNullable<typeof bloc>)).toEqual([]);
    });

    it('finds the contradictions of the documents', () => {
      const codes = (each: typeof bloc): string[] => {
        const read = each as NonNullable<typeof bloc>;
        const accepted = acceptDraft(read.plan);
        return [...checkReading(read), ...(accepted.ok ? checkPlan(accepted.value) : [])].map(
          (finding) => finding.code,
        );
      };
      expect(codes(district)).toEqual(
        expect.arrayContaining([
          'held-before-its-plan',
          'report-before-study-ends',
          'deadline-undated',
          'deadline-not-working-day',
        ]),
      );
      expect(codes(first)).toContain('symbol-odd');
      expect(codes(bloc)).toEqual(expect.arrayContaining(['quota-unstated', 'chair-rule-missing']));
    });
  },
);
