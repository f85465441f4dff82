import type { ListedShot } from './build-shots.ts';
import { fieldMeant, shotFieldNamed, type ShotField } from './shot-fields.ts';

/** Columns that shot lists of other trades have, and that would else pass for a slip in a name of ours. */
const OTHER_TRADES = new Set('props|set|sfx|vfx|fx|vo|v.o.|int/ext|i/e|time|lens|fps|music'.split('|'));
const IS_SWITCH = /^(?:yes|no|on|off|true|false|1|0)$/i;

/** A column of a table of shots. */
interface TableColumn {
  name: string;
  /** Missing where no field has its name. */
  field?: ShotField | undefined;
  /** Kept with the notes of its shots and not sent. */
  asNote: boolean;
}

/** A table's columns, each with the field that its name and its cells mean. */
export class TableColumns {
  private readonly columns: readonly TableColumn[];

  /** @param header the names; @param rows the cells below them. */
  constructor(header: readonly string[], rows: readonly (readonly string[])[]) {
    this.columns = header.map((name, index) => columnOf(name, rows.map((cells) => cells[index]?.trim() ?? '').filter((cell) => cell !== '')));
  }

  /** What a row says. A cell with nothing in it says nothing, but one of a column that is wrong. */
  given(cells: readonly string[], read: (cell: string) => string = (cell) => cell): ListedShot['given'] {
    const kept: string[] = [];
    const given: { name: string; value: unknown }[] = [];
    for (const [index, { name, field, asNote }] of this.columns.entries()) {
      const cell = cells[index]?.trim() ?? '';
      if (cell === '' && (asNote || field !== undefined || name === '')) continue;
      if (asNote) kept.push(`${name}: ${read(cell)}`);
      else given.push({ name: nameOf({ name, field }), value: field ? field.fromCell(read(cell)) : cell });
    }
    if (kept.length === 0) return given;
    const own = given.findIndex(({ name }) => shotFieldNamed(name)?.name === 'notes');
    const notes = [...(own < 0 ? [] : [String(given[own]?.value)]), ...kept].join('\n');
    return own < 0 ? [...given, { name: 'notes', value: notes }] : given.with(own, { name: given[own]?.name ?? 'notes', value: notes });
  }

  /** Names of the fields that the columns mean, for whoever looks whether a cell fits its own. */
  meant(): string[] {
    return this.columns.map(({ name, field, asNote }) => (asNote ? 'notes' : nameOf({ name, field })));
  }

  /** Sentences for a person. */
  notes(): string[] {
    const kept = this.columns.filter(({ asNote }) => asNote).map(({ name }) => JSON.stringify(name.slice(0, 40)));
    return kept.length === 0 ? [] : [`Kept as notes and not sent to Kling, because a shot has no such field: the column${kept.length === 1 ? '' : 's'} ${kept.join(', ')}.`];
  }
}

/** As written, unless its cells mean another field than its name does. */
function nameOf({ name, field }: Pick<TableColumn, 'name' | 'field'>): string {
  return field !== undefined && shotFieldNamed(name) !== field ? field.name : name;
}

function columnOf(name: string, cells: readonly string[]): TableColumn {
  const field = shotFieldNamed(name);
  if (field === undefined) return { name, asNote: name !== '' && (OTHER_TRADES.has(name.toLowerCase()) || fieldMeant(name) === undefined) };
  // What is heard, in words: our own column is a switch.
  if (field.name === 'sound' && cells.some((cell) => /\s/.test(cell)) && !cells.some((cell) => IS_SWITCH.test(cell))) return { name, field, asNote: true };
  if (field.name === 'camera' && cells.length > 0 && cells.every((cell) => isMoveInWords(cell, field))) return { name, field: shotFieldNamed('move') ?? field, asNote: false };
  return { name, field, asNote: false };
}

/** `slow push in`, and not `zoom 11` or `foward_up`, which are slips. */
const isMoveInWords = (cell: string, { schema }: ShotField): boolean => !/[\d_{}:=]/.test(cell) && !schema.safeParse(cell).success;
