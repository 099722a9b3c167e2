/** What a subcommand is: one file in `commands/`, made by `defineCommand`. */

export interface OptionSpec {
  type: 'string' | 'boolean';
  help: string;
  /** Placeholder in the help, like `DIR`; only of strings. */
  value?: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues<Specs extends OptionSpecs> = {
  [Name in keyof Specs]: Specs[Name]['type'] extends 'boolean' ? boolean : string | undefined;
};

export interface Arguments<Specs extends OptionSpecs = OptionSpecs> {
  values: OptionValues<Specs>;
  positionals: string[];
  /** What stands after `--`; null without it. */
  rest: string[] | null;
}

export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  /** One line, in the list of commands. */
  summary: string;
  /** Without the program's and the command's name: `[--timeout S] -- CMD...`. */
  usage: string;
  /** Paragraphs below the options. */
  details?: string;
  options: Specs;
  /** How many words it takes besides options. */
  positionals?: { min: number; max: number };
  /** It takes a command line after `--`. */
  takesRest?: boolean;
  /** Runs as root: sudo is asked for where it is not, and what `host/packages.json` lists is installed first. */
  needsRoot?: boolean;
  /** Resolves with the exit status; rejects with a CodedError, or with the signal's reason when interrupted. */
  run(arguments_: Arguments<Specs>, context: CommandContext): Promise<number>;
}

export interface CommandContext {
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP. */
  signal: AbortSignal;
}

export function defineCommand<const Specs extends OptionSpecs>(command: Command<Specs>): Command {
  // The values were parsed by these very specs.
  return command as unknown as Command;
}

/** Options that several commands share. */
export const dataOption = {
  data: {
    type: 'string',
    value: 'DIR',
    help: 'where all state lies (default: $CHROOTCAMP_DATA, or /var/lib/chrootcamp)',
  },
} as const satisfies OptionSpecs;

export const jsonOption = {
  json: { type: 'boolean', help: 'print JSON for programs' },
} as const satisfies OptionSpecs;
