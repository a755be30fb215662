package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.followspot.spi.KubernetesObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document in UTF-8 without white space of its own. Objects that came from an API
 * server and were not changed go into it byte for byte. For use by one thread.
 *
 * <p>Half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 */
public final class JsonOutput {

  private static final int BUFFER = 16 * 1024;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamWriteConstraints(
              // The document around an object, and the 500 levels that an object may have.
              StreamWriteConstraints.builder().maxNestingDepth(2 * Parsers.MAX_DEPTH).build())
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private final OutputStream out;
  private final JsonGenerator generator;

  /**
   * Writes to a stream.
   *
   * @param out where to write; it is not closed
   * @throws IOException if the stream fails
   */
  public JsonOutput(OutputStream out) throws IOException {
    this.out = out instanceof SliceSink ? out : new BufferedOutputStream(out, BUFFER);
    this.generator = FACTORY.createGenerator(this.out);
  }

  /**
   * Begins a JSON object.
   *
   * @throws IOException if the stream fails
   */
  public void beginObject() throws IOException {
    generator.writeStartObject();
  }

  /**
   * Ends the JSON object that was begun last.
   *
   * @throws IOException if the stream fails, or no object is open
   */
  public void endObject() throws IOException {
    generator.writeEndObject();
  }

  /**
   * Begins an array.
   *
   * @throws IOException if the stream fails
   */
  public void beginArray() throws IOException {
    generator.writeStartArray();
  }

  /**
   * Ends the array that was begun last.
   *
   * @throws IOException if the stream fails, or no array is open
   */
  public void endArray() throws IOException {
    generator.writeEndArray();
  }

  /**
   * Writes a key; its value has to come next.
   *
   * @param name the key
   * @throws IOException if the stream fails, or no object is open
   */
  public void name(String name) throws IOException {
    generator.writeFieldName(wellFormed(name));
  }

  /**
   * Writes a text.
   *
   * @param text the text, null for JSON's {@code null}
   * @throws IOException if the stream fails
   */
  public void string(@Nullable String text) throws IOException {
    if (text == null) {
      generator.writeNull();
    } else {
      generator.writeString(wellFormed(text));
    }
  }

  /**
   * Writes a number.
   *
   * @param number the number
   * @throws IOException if the stream fails
   */
  public void number(long number) throws IOException {
    generator.writeNumber(number);
  }

  /**
   * Writes a boolean.
   *
   * @param bool the boolean
   * @throws IOException if the stream fails
   */
  public void bool(boolean bool) throws IOException {
    generator.writeBoolean(bool);
  }

  /**
   * Writes plain values.
   *
   * @param plain maps with texts as keys, lists, texts, numbers, booleans, or null
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if there is anything else in it, or it is nested deeper than
   *     500 levels
   */
  public void value(@Nullable Object plain) throws IOException {
    value(plain, 0);
  }

  /**
   * Writes an object: its bytes if it is as an API server sent it.
   *
   * @param object the object
   * @throws IOException if the stream fails
   */
  public void object(KubernetesObject object) throws IOException {
    if (object instanceof RawObject raw) {
      // The comma or colon before the object, and everything so far, have to go out first.
      generator.writeRawValue("");
      generator.flush();
      raw.writeTo(out);
    } else {
      value(object.asMap(), 0);
    }
  }

  private void value(@Nullable Object value, int depth) throws IOException {
    if (depth > Parsers.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "JSON is nested deeper than " + Parsers.MAX_DEPTH + " levels");
    }
    if (value == null || value instanceof String) {
      string((String) value);
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String key)) {
          throw new IllegalArgumentException("a key of a JSON object is not a text");
        }
        name(key);
        value(entry.getValue(), depth + 1);
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        value(element, depth + 1);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else {
      number(value);
    }
  }

  private void number(Object value) throws IOException {
    if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else if (value instanceof BigDecimal decimal) {
      generator.writeNumber(decimal);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      generator.writeNumber(number);
    } else {
      throw new IllegalArgumentException(
          "a "
              + value.getClass().getName()
              + " is not JSON; maps, lists, texts, finite numbers, booleans and null are");
    }
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return repaired(text);
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }

  /**
   * Writes what is not yet written to the stream, which stays open. Not to be called after a
   * failure, which it might hide; there is nothing to free.
   *
   * @throws IOException if the stream fails
   */
  public void finish() throws IOException {
    generator.close();
    out.flush();
  }
}
