/** A variable of the environment that stops the start. The message is a sentence that names it, never its value. */
export class EnvironmentError extends Error {
  readonly code = 'environment_invalid';
  readonly variable: string;

  constructor(variable: string, reason: string, options?: ErrorOptions) {
    super(`${variable} ${reason}`, options);
    this.name = 'EnvironmentError';
    this.variable = variable;
  }
}
