package dev.followspot.spi;

/** What became of one list request; the status of a {@link Cell}. */
public enum CellStatus {
  /** The objects are there, possibly none. */
  OK,
  /**
   * Nothing was asked, because the entity or the configuration is wrong: the message says where.
   */
  INVALID,
  /** There was no credential to ask with: the message says why. */
  CREDENTIAL,
  /** 401: the API server does not know the credential, or no longer. */
  UNAUTHORIZED,
  /** 403: the credential is known and may not list this type here. */
  FORBIDDEN,
  /** 404 with a Kubernetes {@code Status}: what was asked for is not there. */
  NOT_FOUND,
  /** 404 without one: the API server does not serve this group, version or type. */
  NOT_SERVED,
  /** 400 or 422: the API server does not understand the request, such as its label selector. */
  BAD_REQUEST,
  /** 429: the API server asks for patience, also at the second try. */
  THROTTLED,
  /** 5xx: the API server failed. */
  SERVER_ERROR,
  /** No whole answer within the time allowed. */
  TIMEOUT,
  /** No connection, or one that broke. */
  UNREACHABLE,
  /** The TLS handshake failed: an untrusted, expired or wrong certificate. */
  TLS,
  /** An answer came, but not a list that Kubernetes would send: no JSON, too large, a redirect. */
  INVALID_RESPONSE,
  /** The caller lost interest. */
  CANCELLED,
  /** An extension failed. */
  EXTENSION
}
