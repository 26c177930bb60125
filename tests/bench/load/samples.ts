/** Numbers that are many, without an array of objects. */
export class Samples {
  #kept = new Float32Array(1 << 12);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#kept.length) {
      const wider = new Float32Array(2 * this.#length);
      wider.set(this.#kept);
      this.#kept = wider;
    }
    this.#kept[this.#length++] = value;
  }

  all(): Float32Array {
    return this.#kept.slice(0, this.#length);
  }
}

/** Milliseconds of a clock that all processes of a machine share. */
export function moment(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
