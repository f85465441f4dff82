/**
 * Who went to the place where a story is now, and who was left behind: `Mrs. Hall went to the kitchen. The visitor sat and
 * listened.` He did it somewhere else.
 */
export class Whereabouts {
  private here = new Set<string>();
  private readonly leftBehind = new Set<string>();
  private moved = false;

  /** A new part of the story: everybody may be anywhere. */
  newPart(): void {
    this.here = new Set();
    this.leftBehind.clear();
    this.moved = false;
  }

  /** The story is at another place from the next sentence on. */
  move(): void {
    this.moved = true;
  }

  /** @returns whether they are seen somewhere else than where the story is. */
  see(people: readonly string[]): boolean {
    if (this.moved && people.length > 0) {
      for (const who of this.here) this.leftBehind.add(who);
      this.here = new Set();
      for (const who of people) this.leftBehind.delete(who);
      this.moved = false;
    }
    if (people.length > 0 && people.every((who) => this.leftBehind.has(who))) return true;
    for (const who of people) {
      this.leftBehind.delete(who);
      this.here.add(who);
    }
    return false;
  }
}
