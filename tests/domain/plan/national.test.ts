import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { acceptDraft } from '../../../domain/plan/accept.ts';
import { readPlan } from '../../../domain/plan/reader.ts';
import { shared } from '../../shared.ts';
import { fixture, strayed, uncovered } from './facts.ts';

const path = shared('domain/sources/000_ca6d9dc7822bc781.txt');
const documents: (readonly [string, string])[] = [
  ['the clean fixture', fixture('national-clean.md')],
  ['the scanned fixture', fixture('national-scanned.txt')],
];
// The source document lies beside the project; where it is not, the fixtures prove the rules.
if (path !== null) documents.push(['the source document', readFileSync(path, 'utf8')]);

describe.each(documents)('%s', (_, text) => {
  const reading = readPlan(text);

  it('reads number, issuer and dates, and not the date of the receipt stamp', () => {
    const { plan } = reading;
    expect(plan.number.value).toBe('25-KH/TW');
    expect(plan.issuer.value).toBe('Ban Bí thư');
    expect(plan.issuedOn.value).toBe('2024-12-29');
    expect(plan.title.value).toMatch(/^(?:Tổ chức|Mở) Hội nghị toàn quốc .* quốc gia$/u);
    expect(plan.startsAt.value).toBe('2025-01-13T08:00:00+07:00');
    expect(plan.endsAt.value).toBe('2025-01-13T11:30:00+07:00');
  });

  it('reads place, form, broadcast, banner and that it replaces the summons', () => {
    const { plan } = reading;
    expect(plan.venue.value).toBe(
      'Phòng họp Diên Hồng, Tòa nhà Quốc hội, số 01 đường Độc Lập, quận Ba Đình, thành phố Hà Nội',
    );
    expect(plan.format.value).toBe('hybrid');
    expect(plan.broadcast.value).toBe('VTV1');
    expect(plan.replacesNotice.value).toBe(true);
    expect(plan.banner.value).toMatch(/^HỘI NGHỊ TOÀN QUỐC [^a-z]*\nHà Nội, ngày 13 tháng 01 năm 2025$/u);
    expect(plan.bridgeClasses.map((each) => each.value)).toEqual([
      'central',
      'agency',
      'province',
      'district',
      'commune',
    ]);
  });

  it('reads each clause with its basis, both exclusions apart from the words', () => {
    const { clauses } = reading.plan;
    const count = (name: string): number =>
      clauses.filter((clause) => clause.bridgeClass.value === name).length;
    expect([count('central'), count('agency'), count('district')]).toEqual([7, 3, 3]);
    expect(
      clauses.filter((clause) => clause.basis.value === 'invited').map((clause) => clauses.indexOf(clause)),
    ).toEqual([2, 6]);
    expect(clauses.filter((clause) => clause.basis.value === 'discretionary')).toHaveLength(2);
    const conditional = clauses.filter((clause) => clause.basis.value === 'conditional');
    expect(conditional.map((clause) => clause.condition.value)).toEqual([
      expect.stringMatching(/^nếu .*phòng họp/u),
    ]);
    const excluding = clauses.filter((clause) => clause.exclusions.length > 0);
    expect(excluding.map((clause) => clause.bridgeClass.value)).toEqual(['central', 'agency']);
    expect(excluding[0]?.exclusions[0]?.value).toMatch(/^trừ các đồng chí .*chủ trì/u);
    expect(excluding[1]?.exclusions[0]?.value).toMatch(/^trừ các đồng chí đã dự .* điểm cầu Trung ương$/u);
    expect(excluding.every((clause) => !clause.text.value?.includes('trừ'))).toBe(true);
    expect(clauses[3]?.text.value).toMatch(/^Tập thể lãnh đạo: .*;.*Mặt trận/u);
  });

  it('reads who chairs: the centre by its clause, the others by rule', () => {
    expect(reading.plan.chairing.map((each) => each.value)).toEqual([
      expect.stringContaining('chủ trì Hội nghị'),
      expect.stringMatching(/^Phân công một đồng chí lãnh đạo chủ trì/u),
    ]);
  });

  it('joins the lengths of another section to their items by office, not by order', () => {
    const { agenda } = reading.plan;
    expect(agenda.map((item) => item.minutes.value)).toEqual([null, null, 20, 30, 30, 30, null, null]);
    expect(agenda.map((item) => item.limit.value)).toEqual([
      null,
      null,
      'max',
      'max',
      'about',
      'about',
      null,
      null,
    ]);
    expect(agenda[2]?.presenter.value).toBe('Đài Truyền hình Việt Nam');
    expect(agenda[5]?.presenter.value).toBe('Chủ tịch Quốc hội');
    expect(agenda[6]?.presenter.value).toMatch(/^Tổng Bí thư/u);
    const [from, to] = agenda[2]?.minutes.source[0] ?? [0, 0];
    expect(reading.text.slice(from, to)).toBe('không quá 20 phút');
    expect(from).toBeGreaterThan(reading.text.indexOf('TỔ CHỨC THỰC HIỆN'));
  });

  it('reads the duty to report the headcount with addressee and deadline, and the report of difficulties with its office', () => {
    const { duties } = reading.plan;
    const headcount = duties.find((duty) => duty.deadline.phrase.value !== null);
    expect(headcount?.deadline.phrase.value).toBe('trước ngày 10/01/2025');
    expect(headcount?.deadline.dueBefore.value).toBe('2025-01-10T00:00:00+07:00');
    expect(headcount?.addressee.value).toBe('Văn phòng Trung ương Đảng');
    expect(headcount?.owner.value).toMatch(/^Các ban, bộ, ngành, cơ quan Trung ương/u);
    const difficulties = duties.at(-1);
    expect(difficulties?.addressee.value).toBe('Thường trực Ban Bí thư');
    expect(difficulties?.via.value).toBe('Vụ Tổng hợp, Văn phòng Trung ương Đảng');
    expect(duties.at(-2)?.owner.value).toBe('Văn phòng Trung ương Đảng');
    expect(duties.every((duty) => duty.owner.value !== null)).toBe(true);
  });

  it('reads four documents and twelve recipients with their purpose', () => {
    expect(reading.plan.documents).toHaveLength(4);
    expect(reading.plan.recipients).toHaveLength(12);
    expect(reading.plan.recipients[0]?.purpose.value).toBe('để báo cáo');
  });

  it('quotes what it read, and leaves nothing over in silence', () => {
    expect(strayed(reading)).toEqual([]);
    // Headings, labels and the words KẾ HOẠCH only frame the rest.
    for (const words of uncovered(reading)) expect(words.length).toBeLessThan(120);
    expect(uncovered(reading).join(' ').length).toBeLessThan(reading.text.length * 0.15);
  });

  it('is a whole plan', () => {
    const accepted = acceptDraft(reading.plan);
    expect(accepted.ok && accepted.value.clauses[0]?.id).toBe('C1');
  });
});

describe('a page break', () => {
  it('leaves one value with two passages, and the page number over as noise', () => {
    const reading = readPlan(fixture('national-scanned.txt'));
    const cut = reading.plan.clauses.find((clause) => clause.text.value?.includes('đơn vị của Trung ương'));
    expect(cut?.text.source).toHaveLength(2);
    expect(reading.leftovers.filter((each) => each.reason === 'noise').map((each) => each.text)).toContain(
      '- 3 -',
    );
  });
});

describe('the clean fixture', () => {
  it('has the clauses C1 to C21', () => {
    const accepted = acceptDraft(readPlan(fixture('national-clean.md')).plan);
    expect(accepted.ok && accepted.value.clauses.map((clause) => clause.id).at(-1)).toBe('C21');
  });
});
