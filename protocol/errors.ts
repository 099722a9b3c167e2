/**
 * Every coded error of the project: one row a code. `docs/errors.md` has a section for each, and a test keeps the two
 * in step. `status` is the HTTP status; `learner` is the sentence a learner is shown (the technical message goes to the
 * log and to `detail`). Codes are never reused for another meaning.
 */
export const errorCodes = {
  BAD_REQUEST: {
    status: 400,
    learner: 'The page sent something this server does not understand. Reload the page.',
  },
  UNAUTHENTICATED: { status: 401, learner: 'This browser has no session here yet. Reload the page.' },
  FORBIDDEN_ORIGIN: { status: 403, learner: 'This request came from another site and was refused.' },
  NOT_FOUND: { status: 404, learner: 'There is nothing at this address.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    learner: 'The page asked in a way this server does not offer. Reload the page.',
  },
  BODY_TOO_LARGE: { status: 413, learner: 'That was too large to send.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    learner: 'The page sent something this server does not understand.',
  },
  TOO_MANY: {
    status: 429,
    learner: 'That is more than one learner may have open at once. Close some and try again.',
  },
  INTERNAL: { status: 500, learner: 'Something broke on our side. It has been written down; try again.' },
  SANDBOX_GONE: { status: 404, learner: 'This machine no longer exists. Start a fresh one to go on.' },
  SANDBOX_NOT_RUNNING: { status: 409, learner: 'Your machine is not running. Start it to go on.' },
  NO_MORE_TIME: {
    status: 409,
    learner:
      'This machine cannot run any longer in one go. When it stops its files are kept: resume it then.',
  },
  SANDBOX_STUCK: {
    status: 503,
    learner:
      'Your machine does not come to its end: it waits for a disk of this server. Try again in a minute, or take a fresh machine.',
  },
  SANDBOX_START_FAILED: { status: 503, learner: 'Your machine could not be started. Try again in a moment.' },
  SANDBOX_DISK_DAMAGED: {
    status: 500,
    learner:
      'The disk of your machine is damaged and could not be mended. Tell whoever runs this course; or reset for a fresh machine, which removes it.',
  },
  SANDBOX_SERVER_DOWN: {
    status: 503,
    learner: 'The part that runs machines is restarting. Your work is safe.',
  },
  SANDBOX_FULL: {
    status: 503,
    learner: 'All machines are taken at the moment. Yours will start when one is free.',
  },
  TOO_MANY_CGROUPS: {
    status: 409,
    learner: 'It had made more cgroups than one machine may, which takes them from everybody.',
  },
  HOST_MEMORY_TAKEN: {
    status: 503,
    learner:
      'The memory of the computer that all machines share was nearly used up, and yours worked the most.',
  },
  ID_RANGES_TAKEN: {
    status: 503,
    learner:
      'This server keeps as many machines as it can. Nothing of yours is lost: try again later, or tell whoever runs this course.',
  },
  MEMORY_TOO_SMALL: {
    status: 503,
    learner:
      'The server has no memory for another machine just now. Nothing of yours is lost: try again in a while.',
  },
  CHECKPOINT_GONE: {
    status: 404,
    learner: 'There is no kept start of this exercise any more. Reset the machine for a fresh one.',
  },
  CHECKPOINT_FAILED: {
    status: 503,
    learner: 'The start of this exercise could not be kept. All else works as before.',
  },
  TERMINAL_GONE: { status: 404, learner: 'This terminal has ended. Open a new one.' },
  NOT_AT_PROMPT: {
    status: 409,
    learner:
      'The terminal is not at a prompt. Wait for the command in it to end, leave the program with q or Ctrl+C, and try again.',
  },
  RUN_BUSY: {
    status: 409,
    learner: 'The commands before these are still at work. Wait for them, or press Ctrl+C in the terminal.',
  },
  RUN_BLOCK_UNKNOWN: {
    status: 404,
    learner: 'This lesson has no such commands any more. Reload the page.',
  },
  RUN_BLOCK_CHANGED: {
    status: 409,
    learner: 'The lesson has changed since this page was loaded. Reload the page to see what would run.',
  },
  CONNECTION_GONE: {
    status: 410,
    learner: 'The connection to the terminal was lost. It is made again by itself.',
  },
  FILE_MISSING: { status: 404, learner: 'There is no such file or directory in your machine.' },
  FILE_REFUSED: {
    status: 409,
    learner: 'Only ordinary files can be downloaded. Pack a directory first: tar czf name.tar.gz directory',
  },
  FILE_EXISTS: { status: 409, learner: 'There is a file of that name already. Rename yours, or replace it.' },
  FILE_TOO_LARGE: { status: 413, learner: 'That file is larger than may be moved this way.' },
  SANDBOX_DISK_FULL: {
    status: 507,
    learner: 'The disk of your machine is full. Remove something there and try again.',
  },
  TRANSFER_FAILED: { status: 502, learner: 'The file could not be moved. Try again.' },
  DOCKER_NOT_RUNNING: {
    status: 409,
    learner: 'Docker is not running in your machine. Start it again to go on.',
  },
  COULD_NOT_LOOK: { status: 502, learner: 'We could not look into your machine just now. Try again.' },
  LESSON_UNKNOWN: { status: 404, learner: 'There is no such lesson.' },
  EXERCISE_UNKNOWN: { status: 404, learner: 'There is no such exercise.' },
  EXERCISE_INVALID: {
    status: 500,
    learner: 'This exercise is broken. Please tell whoever runs this course.',
  },
  ANSWER_INVALID: { status: 400, learner: 'That answer cannot be read. Type a short answer and try again.' },
  LIMIT_TOO_HIGH: {
    status: 400,
    learner: 'A machine as large as that cannot be had here.',
  },
  CONFIG_INVALID: { status: 500, learner: 'This course is not set up rightly. Please tell whoever runs it.' },
  STATE_DAMAGED: {
    status: 500,
    learner:
      'Something that this course keeps is damaged. Nothing is thrown away; please tell whoever runs it.',
  },
  HOST_UNSUITABLE: { status: 500, learner: 'This computer lacks something the course needs.' },
  PORT_TAKEN: { status: 500, learner: 'Another program already listens at this address.' },
  ALREADY_RUNNING: { status: 409, learner: 'This course is already running.' },
  NOT_RUNNING: { status: 409, learner: 'This course is not running.' },
  DISK_TOO_SMALL: {
    status: 507,
    learner:
      'The disk of the server is too full for this just now. Nothing of yours is lost: try again later, or tell whoever runs this course.',
  },
  BUILD_FAILED: { status: 500, learner: 'Something could not be built.' },
  USAGE: { status: 400, learner: 'The command was not understood.' },
} as const satisfies Record<string, { status: number; learner: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** What an HTTP error answer carries as JSON, on both servers. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; learner: string };
}

/** The words of whatever was thrown: of an error its message. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The one error class that crosses rooms. `message`: what was found, what was expected, what to do. */
export class CodedError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message, learner: errorCodes[this.code].learner } };
  }
}
