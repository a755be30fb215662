package dev.followspot.core.proxy;

/** Why a request gets an error as its answer, and which one. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String name;
  private final String told;
  private final boolean ofCluster;

  private Refusal(int status, String name, String told, boolean ofCluster) {
    super(told, null, false, false);
    this.status = status;
    this.name = name;
    this.told = told;
    this.ofCluster = ofCluster;
  }

  static Refusal input(String message) {
    return new Refusal(400, "InputError", message, false);
  }

  static Refusal unauthenticated(String message) {
    return new Refusal(401, "AuthenticationError", message, false);
  }

  static Refusal notAllowed(String message) {
    return new Refusal(403, "NotAllowedError", message, false);
  }

  static Refusal notFound(String message) {
    return new Refusal(404, "NotFoundError", message, false);
  }

  static Refusal method(String method) {
    return new Refusal(
        405, "MethodNotAllowedError", method + " does not go through the proxy", false);
  }

  /** The caller does not send the rest of the body. */
  static Refusal stalled(String message) {
    return new Refusal(408, "RequestTimeoutError", message, false);
  }

  static Refusal internal(String name, String message) {
    return new Refusal(500, name, message, false);
  }

  static Refusal badGateway(String message) {
    return new Refusal(502, "BadGatewayError", message, true);
  }

  static Refusal unavailable(String message) {
    return new Refusal(503, "ServiceUnavailableError", message, true);
  }

  static Refusal timeout(String message) {
    return new Refusal(504, "GatewayTimeoutError", message, true);
  }

  int status() {
    return status;
  }

  String name() {
    return name;
  }

  String message() {
    return told;
  }

  /** Whether the cluster is the reason; then the URL of the error body has the mount point. */
  boolean isOfCluster() {
    return ofCluster;
  }
}
