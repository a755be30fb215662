package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON from and to plain values, as {@link dev.followspot.spi.KubernetesObject} defines them. */
public final class Json {

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @param json holds the JSON in UTF-8 from index 0; may be longer
   * @param length how many bytes are the JSON
   * @return immutable maps and lists, texts, numbers, booleans; null for JSON's {@code null}
   * @throws IllegalArgumentException if it is no JSON, more than one value, or nested deeper than
   *     500 levels; the message shows nothing of it
   */
  public static @Nullable Object parse(byte[] json, int length) {
    return parse(json, length, Parsers::value);
  }

  /**
   * Reads one JSON value as JavaScript does: of a key that is there twice, the last one counts.
   *
   * @param json the JSON in UTF-8
   * @return as {@link #parse(byte[], int)}
   * @throws IllegalArgumentException as {@link #parse(byte[], int)}
   */
  public static @Nullable Object parseRequest(byte[] json) {
    return parse(json, json.length, Parsers::lastValue);
  }

  private interface Reader {
    @Nullable Object read(JsonParser parser) throws IOException;
  }

  private static @Nullable Object parse(byte[] json, int length, Reader reader) {
    int start = Utf8.start(json, length);
    if (!Utf8.looksLikeUtf8(json, length)) {
      throw new IllegalArgumentException("no JSON: not UTF-8");
    }
    try (JsonParser parser = Parsers.OBJECTS.createParser(json, start, length - start)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON: nothing but white space");
      }
      Object value = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return value;
    } catch (IOException | IllegalStateException e) {
      // Without the cause, whose message shows what was read.
      throw new IllegalArgumentException(Mistakes.describe(e));
    }
  }

  /**
   * Reads one JSON value.
   *
   * @param json the JSON in UTF-8
   * @return as {@link #parse(byte[], int)}
   * @throws IllegalArgumentException as {@link #parse(byte[], int)}
   */
  public static @Nullable Object parse(byte[] json) {
    return parse(json, json.length);
  }

  /**
   * Reads one JSON value.
   *
   * @param json the JSON
   * @return as {@link #parse(byte[], int)}
   * @throws IllegalArgumentException as {@link #parse(byte[], int)}
   */
  public static @Nullable Object parse(String json) {
    return parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes plain values without white space.
   *
   * @param plain maps, lists, texts, numbers, booleans or null
   * @return the JSON
   * @throws IllegalArgumentException if there is anything else in it, or it is nested deeper than
   *     500 levels
   */
  public static String write(@Nullable Object plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      JsonOutput output = new JsonOutput(bytes);
      output.value(plain);
      output.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
