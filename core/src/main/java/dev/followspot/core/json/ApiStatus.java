package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an API server says with a Kubernetes {@code Status}, mostly why it refused. The texts are
 * the server's: whoever shows them makes them printable.
 *
 * @param reason one word such as {@code Forbidden}; null if there is none
 * @param message what happened; null if there is none
 * @param code the HTTP status that it repeats; 0 if there is none
 */
public record ApiStatus(@Nullable String reason, @Nullable String message, int code) {

  private static final int MAX_TEXT = 2000;

  /**
   * Reads the body of an answer.
   *
   * @param body holds the body in UTF-8 from index 0; may be longer than the body
   * @param length how many bytes are the body
   * @return the status, its texts cut off after 2000 characters; empty if the body is anything but
   *     one
   */
  public static Optional<ApiStatus> parse(byte[] body, int length) {
    int start = Utf8.start(body, length);
    if (!Utf8.looksLikeUtf8(body, length)) {
      return Optional.empty();
    }
    try (JsonParser parser = Parsers.OBJECTS.createParser(body, start, length - start)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : Optional.empty();
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Optional<ApiStatus> read(JsonParser parser) throws IOException {
    String kind = null;
    String reason = null;
    String message = null;
    int code = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "kind" -> kind = text(parser);
        case "reason" -> reason = text(parser);
        case "message" -> message = text(parser);
        case "code" -> code = number(parser);
        default -> {
          // Others, such as details, are of no interest.
        }
      }
      parser.skipChildren();
    }
    return "Status".equals(kind)
        ? Optional.of(new ApiStatus(reason, message, code))
        : Optional.empty();
  }

  private static int number(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT
        ? parser.getIntValue()
        : 0;
  }

  private static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return null;
    }
    String text = parser.getText();
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
