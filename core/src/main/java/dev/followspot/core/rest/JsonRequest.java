package dev.followspot.core.rest;

import dev.followspot.core.json.Json;
import dev.followspot.core.stage.Stages;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Reads the body of a request as JSON, within the limits of Express. */
final class JsonRequest {

  /** How many bytes a body may have, before and after it is decompressed. */
  static final int MAX_BYTES = 100 * 1024;

  private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*([^;\\s]+)\\s*(?:;.*)?");
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))");
  private static final Pattern ENCODINGS = Pattern.compile("utf-?(8|16|16le|16be|32|32le|32be)");

  private JsonRequest() {}

  /**
   * The fields of the body; none for a body that does not say that it is JSON, which is not read.
   *
   * @return a failed stage with a {@link RestError} for what cannot be used
   */
  static CompletionStage<Map<?, ?>> read(RestRequest request) {
    HttpHeaders headers = request.headers();
    HttpBody body = request.body();
    if (!isJson(headers) || body.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    String charset = charset(headers);
    String encoding = headers.first("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
    if (body.length().orElse(0) > MAX_BYTES) {
      body.discard();
      throw tooLarge();
    }
    return body.bytes(MAX_BYTES)
        .handle(
            (bytes, failure) -> {
              if (failure == null) {
                return fields(decoded(inflated(bytes, encoding), charset));
              }
              throw Stages.cause(failure) instanceof HttpBody.TooLargeException
                  ? tooLarge()
                  : new RestError(400, "BadRequestError", "the body of the request broke off");
            });
  }

  private static RestError tooLarge() {
    return new RestError(
        413,
        "PayloadTooLargeError",
        "request entity too large: at most " + MAX_BYTES + " bytes are read");
  }

  private static boolean isJson(HttpHeaders headers) {
    Matcher type = MEDIA_TYPE.matcher(headers.first("Content-Type").orElse(""));
    return type.matches() && type.group(1).equalsIgnoreCase("application/json");
  }

  private static String charset(HttpHeaders headers) {
    Matcher charset = CHARSET.matcher(headers.first("Content-Type").orElse(""));
    if (!charset.find()) {
      return "utf-8";
    }
    String name = charset.group(1) == null ? charset.group(2) : charset.group(1);
    if (!ENCODINGS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      throw new RestError(
          415,
          "UnsupportedMediaTypeError",
          "unsupported charset " + Shortened.quoted(name) + "; send the JSON in utf-8");
    }
    return name;
  }

  private static byte[] inflated(byte[] bytes, String encoding) {
    try {
      return switch (encoding) {
        case "", "identity" -> bytes;
        case "gzip" -> bounded(new GZIPInputStream(new ByteArrayInputStream(bytes)));
        case "deflate" -> bounded(new InflaterInputStream(new ByteArrayInputStream(bytes)));
        default ->
            throw new RestError(
                415,
                "UnsupportedMediaTypeError",
                "unsupported content encoding "
                    + Shortened.quoted(encoding)
                    + "; send the JSON as it is, or with gzip or deflate");
      };
    } catch (IOException e) {
      throw new RestError(
          400, "BadRequestError", "the body of the request is not what its Content-Encoding says");
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    try (in) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  /** The JSON in UTF-8. */
  private static byte[] decoded(byte[] bytes, String charset) {
    if (charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8")) {
      return bytes;
    }
    try {
      String text = Charset.forName(charset).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new RestError(
          415,
          "UnsupportedMediaTypeError",
          "unsupported charset " + Shortened.quoted(charset) + "; send the JSON in utf-8");
    } catch (CharacterCodingException e) {
      throw RestError.syntax("the body is not in the charset that its Content-Type names");
    }
  }

  private static Map<?, ?> fields(byte[] json) {
    if (json.length == 0) {
      return Map.of();
    }
    Object value;
    try {
      value = Json.parseRequest(json);
    } catch (IllegalArgumentException e) {
      throw RestError.syntax(
          "the body cannot be read as JSON: " + e.getMessage() + "; send a JSON object");
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    if (value instanceof List<?>) {
      return Map.of();
    }
    throw RestError.syntax("the body is JSON, but neither an object nor an array; send an object");
  }
}
