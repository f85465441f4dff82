/**
 * What the sandbox refuses with. `seen` texts are word for word what third parties recorded from the running service;
 * `assumed` ones have no recorded wording, so ours say plainly what is wrong.
 */
export interface Refusal {
  httpStatus: number;
  code: number;
  message: string;
  /** Recorded 401 and `/account/costs` bodies carry no request id. */
  withoutRequestId?: boolean;
}

function refusal(httpStatus: number, code: number, message: string): Refusal {
  return { httpStatus, code, message };
}

function unauthorized(code: number, message: string): Refusal {
  return { httpStatus: 401, code, message, withoutRequestId: true };
}

export const REFUSALS = {
  // seen
  authorizationEmpty: unauthorized(1001, 'Authorization is empty'),
  apiKeyNotFound: unauthorized(1002, 'api key not found'),
  tokenParts: (parts: number): Refusal => unauthorized(1002, `The token was expected to have 3 parts, but got ${parts}`),
  apiKeyOnly: unauthorized(
    1002,
    'Authentication error. The current API does not support AK/SK; please go to the console (https://kling.ai/dev/api-key) to create API key.',
  ),
  valueInvalid: (field: string, value: unknown): Refusal => refusal(400, 1201, `${field} value '${shown(value)}' is invalid`),
  modelNotSupported: refusal(400, 1201, 'model is not supported'),
  modelDiscontinued: (model: string): Refusal =>
    // The text was recorded, its HTTP status and code were not: 400/1201 is assumed.
    refusal(400, 1201, `The model '${model}' has been discontinued and is no longer available.`),
  /** The wording is recorded for motion brush and taken over for the other features. */
  notSupportedWith: (model: string, feature: string): Refusal => refusal(400, 1201, `${model} is not supported with ${feature}`),
  base64: refusal(400, 1201, 'File is not in a valid base64 format'),
  balance: refusal(429, 1102, 'Account balance not enough'),
  slots: refusal(429, 1303, 'parallel task over resource pack limit'),
  externalIdTaken: (id: string): Refusal => refusal(400, 1201, `External_task_id ${id} already exists`),
  taskNotFound: (id: string): Refusal => refusal(400, 1201, `Task not found by id/external id: ${id}`),
  idsRequired: refusal(400, 1201, 'task_ids or external_task_ids is required'),
  tooManyIds: (field: string): Refusal => refusal(400, 1201, `${field} cannot exceed 20 in total`),

  // assumed
  authenticationFailed: unauthorized(1000, 'Authentication failed'),
  signature: unauthorized(1002, "The Token's Signature resulted invalid"),
  accessKeyNotFound: unauthorized(1002, 'access key not found'),
  tokenNotYetValid: unauthorized(1003, 'Authorization is not active yet'),
  tokenExpired: unauthorized(1004, 'Authorization is expired'),
  bodyNotJson: refusal(400, 1200, 'The request body is not valid JSON'),
  bodyTooLarge: refusal(413, 1200, 'The request body is too large'),
  required: (field: string): Refusal => refusal(400, 1201, `${field} is required`),
  tooLong: (field: string, limit: number): Refusal => refusal(400, 1201, `${field} exceeds ${limit} characters`),
  pictureTooLarge: (field: string): Refusal => refusal(400, 1201, `${field} exceeds 10 MB`),
  accountException: refusal(429, 1100, 'The account is in an exceptional state'),
  arrears: refusal(429, 1101, 'The account is in arrears'),
  noPermission: refusal(403, 1103, 'No permission for this API or model'),
  parametersInvalid: refusal(400, 1200, 'The request parameters are invalid'),
  policy: refusal(400, 1300, 'The request violates the platform policy'),
  moderated: refusal(400, 1301, 'The request was rejected by the content safety policy'),
  rate: refusal(429, 1302, 'The request rate is too high, please try again later'),
  ipNotAllowed: refusal(429, 1304, 'This address is not on the IP whitelist'),
  unavailable: refusal(503, 5001, 'The service is temporarily unavailable'),
  internalTimeout: refusal(504, 5002, 'Internal timeout'),
  internal: refusal(500, 5000, 'Internal server error'),
  wrongMethod: refusal(404, 1202, 'The HTTP method is not allowed here'),
  noSuchResource: (path: string): Refusal => refusal(404, 1203, `There is no ${path} in the sandbox`),
} as const;

/** A value in an error text, bounded: a megabyte of base64 is not echoed back. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}

/** Messages of tasks that fail after they were accepted; all but the last were recorded from the running service. */
export const TASK_FAILURES = {
  moderated: 'Failure to pass the risk control system',
  pictureTooSmall: 'Image pixel is invalid',
  pictureShape:
    'The resolution or aspect ratio of the input image is invalid. Please ensure it meets the required specifications.',
  internal: 'Internal error, please try again later',
} as const;
