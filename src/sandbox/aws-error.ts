/**
 * A refusal as AWS words it. `code` and `message` go into the XML; `status` is the HTTP status.
 * Codes and texts are those that STS itself gives; see "Common Errors" and each action's "Errors" in the STS API
 * reference (docs.aws.amazon.com/STS/latest/APIReference).
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const accessDenied = (message: string): AwsError => new AwsError(403, 'AccessDenied', message);
export const validationError = (message: string): AwsError => new AwsError(400, 'ValidationError', message);
export const incompleteSignature = (message: string): AwsError =>
  new AwsError(400, 'IncompleteSignature', message);
export const signatureDoesNotMatch = (message: string): AwsError =>
  new AwsError(403, 'SignatureDoesNotMatch', message);
export const missingToken = (): AwsError =>
  new AwsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
export const invalidToken = (): AwsError =>
  new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
/** STS answers 403 here; the 400 in its reference belongs to web identity's `ExpiredTokenException`. */
export const expiredToken = (): AwsError =>
  new AwsError(403, 'ExpiredToken', 'The security token included in the request is expired');
/** An inline policy says no: AWS names the kind of policy, so that one knows where to look. */
export const explicitlyDenied = (principal: string, action: string, resource: string): AwsError =>
  accessDenied(
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`,
  );
export const notAuthorized = (principal: string, action: string, resource: string): AwsError =>
  accessDenied(`User: ${principal} is not authorized to perform: ${action} on resource: ${resource}`);
