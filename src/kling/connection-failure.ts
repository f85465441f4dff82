/** Errors that only arise before a connection stands, so no byte of the request can have arrived. */
const BEFORE_CONNECTION = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);

/** A server's certificate is checked before the request is written. */
const CERTIFICATE = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);

/**
 * True when a failed fetch cannot have reached the server: name look-up, refused or unreachable, certificate, connect
 * time-out. Everything else (a reset, a lost socket, silence) may have arrived.
 */
export function cannotHaveArrived(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    // Several addresses were tried: each must have failed before it connected.
    if (current instanceof AggregateError && current.errors.length > 0) return current.errors.every(cannotHaveArrived);
    const { code, syscall } = current as NodeJS.ErrnoException;
    if (typeof code === 'string') {
      // EHOSTUNREACH and friends also end a standing connection, hence the system call.
      return BEFORE_CONNECTION.has(code) || CERTIFICATE.has(code) || syscall === 'connect' || syscall === 'getaddrinfo';
    }
    current = current.cause;
  }
  return false;
}
