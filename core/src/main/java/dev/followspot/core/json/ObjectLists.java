package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonParser;
import dev.followspot.spi.KubernetesObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts the answer to a list request into objects, without parsing or copying them. */
public final class ObjectLists {

  private ObjectLists() {}

  /**
   * Reads the answer to a list request. The whole body is checked to be JSON, so that no object of
   * the list is malformed. Objects are slices of the body: they keep it in memory as long as one of
   * them lives, and nobody may change it.
   *
   * <p>{@code items: null} is the empty list of a server written in Go, if the kind says that it is
   * a list.
   *
   * @param body holds the body in UTF-8 from index 0; may be longer than the body
   * @param length how many bytes are the body
   * @return the list; that it is of the kind that was asked for is for the caller to check
   * @throws InvalidListException if it is anything but a list of JSON objects
   * @throws IndexOutOfBoundsException if the length is negative or beyond the array
   */
  public static ObjectList parse(byte[] body, int length) throws InvalidListException {
    return parse(body, length, Integer.MAX_VALUE);
  }

  /**
   * Reads the answer to a list request, as {@link #parse(byte[], int)} does, and keeps the first
   * objects only: the shortest ones take ten times the memory of the body.
   *
   * @param body holds the body in UTF-8 from index 0; may be longer than the body
   * @param length how many bytes are the body
   * @param most how many objects are kept; the rest is checked only
   * @return the list
   * @throws InvalidListException if it is anything but a list of JSON objects
   * @throws IndexOutOfBoundsException if the length is negative or beyond the array
   */
  public static ObjectList parse(byte[] body, int length, int most) throws InvalidListException {
    Objects.checkFromIndexSize(0, length, body.length);
    int start = firstSign(body, length);
    ListScanner scanner = new ListScanner(most);
    scanner.read(body, length);
    ObjectList ordinary = scanner.list();
    if (ordinary != null) {
      return ordinary;
    }
    try (JsonParser parser = Parsers.LISTS.createParser(body, start, length - start)) {
      return new ListReader(parser, body, start, length, most).read();
    } catch (IOException | IllegalStateException e) {
      throw new InvalidListException("the answer is " + Mistakes.describe(e));
    }
  }

  /**
   * An object with {@code kind} and {@code apiVersion} added where it has none. What else it is
   * made of is not copied.
   *
   * @param object the object
   * @param kind its kind, null to add none
   * @param apiVersion its group and version, null to add none
   * @return a copy, or the object itself if there is nothing to add
   */
  public static KubernetesObject withKind(
      KubernetesObject object, @Nullable String kind, @Nullable String apiVersion) {
    Map<String, String> missing = new LinkedHashMap<>();
    if (apiVersion != null && object.field("apiVersion").isEmpty()) {
      missing.put("apiVersion", apiVersion);
    }
    if (kind != null && object.field("kind").isEmpty()) {
      missing.put("kind", kind);
    }
    if (object instanceof RawObject raw) {
      return raw.with(missing);
    }
    KubernetesObject changed = object;
    for (Map.Entry<String, String> entry : missing.entrySet()) {
      changed = changed.withField(entry.getValue(), entry.getKey());
    }
    return changed;
  }

  /** The index of the first byte that counts; what cannot be JSON at all is named here. */
  private static int firstSign(byte[] body, int length) throws InvalidListException {
    if (length == 0) {
      throw new InvalidListException("the answer is empty; a list was expected");
    }
    if (!Utf8.looksLikeUtf8(body, length)) {
      throw new InvalidListException("the answer is no JSON in UTF-8");
    }
    int start = Utf8.start(body, length);
    int first = WhiteSpace.skip(body, start, length);
    if (first == length) {
      throw new InvalidListException("the answer is nothing but white space; a list was expected");
    }
    if (body[first] == '<') {
      throw new InvalidListException(
          "the answer is HTML or XML instead of JSON; is there a gateway or a login page before the"
              + " API server? It begins with "
              + Mistakes.prefix(body, first, length));
    }
    if ("{[\"-0123456789tfn".indexOf(body[first]) < 0) {
      throw new InvalidListException(
          "the answer is no JSON; it begins with " + Mistakes.prefix(body, first, length));
    }
    return start;
  }
}
