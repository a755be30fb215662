package dev.followspot.core.fetch;

import dev.followspot.core.http.ApiResponse;
import dev.followspot.core.json.ApiStatus;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an answer with another status than 200 to 299 says. */
record ErrorAnswer(CellStatus status, @Nullable String reason, String message) {

  private static final int MAX_MESSAGE = 1000;
  private static final int MAX_PLAIN_TEXT = 200;

  /** Said of a group or version that a cluster does not have. */
  private static final String NOT_SERVED = "404 page not found";

  /** Said of a type that a built-in group does not have. */
  private static final String NO_SUCH_TYPE = "the server could not find the requested resource";

  static ErrorAnswer of(ApiResponse response, Cluster cluster, ResourceType type) {
    Optional<ApiStatus> said = ApiStatus.parse(response.body(), response.length());
    CellStatus status =
        response.status() == 404 ? notThere(response, said, type) : status(response.status());
    String reason =
        said.map(ApiStatus::reason).map(text -> Texts.printable(text, 100)).orElse(null);
    // What a Status says of a 401 is the one word Unauthorized.
    String message =
        said.map(ApiStatus::message)
            .filter(text -> !text.isBlank() && status != CellStatus.UNAUTHORIZED)
            .map(text -> Texts.printable(text, MAX_MESSAGE))
            .orElseGet(() -> message(status, response.status(), cluster) + plainText(response));
    return new ErrorAnswer(status, reason, message);
  }

  /** A type that is not served is no failure, so any gateway's 404 must not pass for it. */
  private static CellStatus notThere(
      ApiResponse response, Optional<ApiStatus> said, ResourceType type) {
    if (said.isPresent()) {
      return NO_SUCH_TYPE.equals(said.get().message())
          ? CellStatus.NOT_SERVED
          : CellStatus.NOT_FOUND;
    }
    boolean everybodyServesIt = type.group().isEmpty() && !type.isCustom();
    return !everybodyServesIt && isPlain404(response)
        ? CellStatus.NOT_SERVED
        : CellStatus.INVALID_RESPONSE;
  }

  private static boolean isPlain404(ApiResponse response) {
    return response.length() < 100
        && new String(response.body(), 0, response.length(), StandardCharsets.UTF_8)
            .strip()
            .equals(NOT_SERVED);
  }

  private static CellStatus status(int http) {
    return switch (http) {
      case 401 -> CellStatus.UNAUTHORIZED;
      case 403 -> CellStatus.FORBIDDEN;
      case 429 -> CellStatus.THROTTLED;
      default ->
          http >= 500
              ? CellStatus.SERVER_ERROR
              : http >= 400 ? CellStatus.BAD_REQUEST : CellStatus.INVALID_RESPONSE;
    };
  }

  /** What a server says in plain text, such as that it speaks TLS only. */
  private static String plainText(ApiResponse response) {
    String type = response.contentType();
    if (type == null || !type.startsWith("text/plain") || response.length() == 0) {
      return "";
    }
    int length = Math.min(response.length(), MAX_PLAIN_TEXT);
    String text = new String(response.body(), 0, length, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ": " + Texts.printable(text, MAX_PLAIN_TEXT);
  }

  private static String message(CellStatus status, int http, Cluster cluster) {
    return switch (status) {
      case UNAUTHORIZED ->
          "the API server does not accept the credential; check the token of cluster '"
              + cluster.name()
              + "' (authProvider "
              + cluster.authProvider()
              + ")";
      case FORBIDDEN -> "the credential may not list this; a Role and a RoleBinding allow it";
      case NOT_SERVED -> "the cluster does not serve this type";
      case THROTTLED -> "the API server asks for fewer requests";
      case INVALID_RESPONSE ->
          "HTTP "
              + http
              + " is no answer of an API server; is there a gateway or a login page at "
              + cluster.url()
              + "?";
      default -> "the API server answered HTTP " + http;
    };
  }
}
