/**
 * A post (chức vụ) as it is shown: its own words, then the unit that it is held at unless they name that already. "Bí thư Đảng ủy
 * xã Yên Lãng" needs no "xã Yên Lãng" behind it.
 */
export function postParts(position: string, unit: string | null): readonly string[] {
  const isNamed = unit === null || position.toLowerCase().includes(unit.toLowerCase());
  return [position, isNamed ? '' : unit].filter((part) => part !== '');
}
