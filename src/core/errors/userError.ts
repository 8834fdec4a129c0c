import { messageOf, textOf, type MessageCode, type ParameterArguments, type UserMessage } from './messages';

/**
 * Something from outside (a file, a setting, an argument) cannot be used. It is told by a code and parameters, from which
 * whoever shows it makes the sentence; `message` is that sentence in English. No stack trace is shown.
 */
export class UserError<Code extends MessageCode = MessageCode> extends Error {
  readonly params: UserMessage['params'];

  /** @param args what the placeholders of the code's sentence stand for */
  constructor(
    readonly code: Code,
    ...args: ParameterArguments<Code>
  ) {
    const { params } = messageOf(code, ...args);
    super(textOf({ code, params }));
    this.params = params;
  }

  /** The error that tells a message. */
  static of({ code, params }: UserMessage): UserError {
    return new UserError(code, ...([params] as unknown as ParameterArguments<MessageCode>));
  }

  /** What it tells, as plain data. */
  toMessage(): UserMessage {
    return { code: this.code, params: this.params };
  }
}

/** Whether an error is for users, and its message one of these. */
export function isAmong(messages: Partial<Record<MessageCode, string>>, error: unknown): error is UserError {
  return error instanceof UserError && Object.hasOwn(messages, (error as UserError).code);
}
