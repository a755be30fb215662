package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.followspot.spi.KubernetesObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object that is a slice of a response, and perhaps a kind that the response says once for all
 * of its objects.
 *
 * <p>A single field is looked for in the bytes, from the front and no further than it has to be,
 * and only its value is parsed; {@link #asMap()} parses the whole once and keeps it. Two of them
 * are equal if their bytes are.
 */
final class RawObject implements KubernetesObject {

  private static final List<PathKey> NAME = PathKey.of(List.of("metadata", "name"));
  private static final List<PathKey> NAMESPACE = PathKey.of(List.of("metadata", "namespace"));

  private final ListBytes source;
  private final int offset;
  private final int length;
  private final int spec;
  private final Map<String, String> added;
  private volatile @Nullable Map<String, Object> parsed;

  /** The slice is one JSON object without white space around it. */
  RawObject(ListBytes source, int offset, int length) {
    this(source, offset, length, 0);
  }

  /**
   * The same, and where its {@code spec} begins, from the offset on; 0 if that is not known. What
   * is before it, above all the managed fields, is often longer than what is looked for.
   */
  RawObject(ListBytes source, int offset, int length, int spec) {
    this(source, offset, length, spec, Map.of());
  }

  private RawObject(ListBytes source, int offset, int length, int spec, Map<String, String> added) {
    this.spec = spec;
    this.source = source;
    this.offset = offset;
    this.length = length;
    this.added = added;
  }

  /** A copy with fields added, which the object does not have. */
  RawObject with(Map<String, String> missing) {
    if (missing.isEmpty()) {
      return this;
    }
    Map<String, String> all = new LinkedHashMap<>(added);
    all.putAll(missing);
    return new RawObject(source, offset, length, spec, Collections.unmodifiableMap(all));
  }

  @Override
  public Optional<Object> field(String... path) {
    if (path.length == 0) {
      throw new IllegalArgumentException("the path is empty; name at least one key");
    }
    return field(PathKey.of(List.of(path)));
  }

  private Optional<Object> field(List<PathKey> path) {
    String extra = added.get(path.get(0).text());
    if (extra != null) {
      return path.size() == 1 ? Optional.of(extra) : Optional.empty();
    }
    Map<String, Object> map = parsed;
    if (map != null) {
      return KubernetesObjects.at(map, PathKey.texts(path));
    }
    byte[] body = source.array();
    int at = find(body, path);
    if (at == CheckedJson.ABSENT) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        at == CheckedJson.UNCLEAR ? parsed(PathKey.texts(path)) : valueAt(body, at));
  }

  @Override
  public String name() {
    return field(NAME).orElse("") instanceof String name ? name : "";
  }

  @Override
  public @Nullable String namespace() {
    return field(NAMESPACE).orElse(null) instanceof String namespace ? namespace : null;
  }

  private int find(byte[] body, List<PathKey> keys) {
    return spec > 0 && keys.get(0).text().equals("spec")
        ? CheckedJson.find(body, offset + spec, keys.subList(1, keys.size()))
        : CheckedJson.find(body, offset, keys);
  }

  private static @Nullable Object valueAt(byte[] body, int start) {
    String text = body[start] == '"' ? CheckedJson.plainText(body, start) : null;
    if (text != null) {
      return text;
    }
    int end = CheckedJson.end(body, start);
    try (JsonParser parser = Parsers.OBJECTS.createParser(body, start, end - start)) {
      parser.nextToken();
      return Parsers.value(parser);
    } catch (IOException e) {
      throw checkedBefore(e);
    }
  }

  private @Nullable Object parsed(List<String> keys) {
    try (JsonParser parser = parser()) {
      return find(parser, keys);
    } catch (IOException e) {
      throw checkedBefore(e);
    }
  }

  /**
   * Of the objects in a list at a path, the values at other paths; null to parse it whole. Paths
   * that begin with the same key are best beside each other.
   */
  @Nullable List<@Nullable Object[]> select(List<PathKey> path, List<List<PathKey>> fields) {
    byte[] body = source.array();
    int list = added.containsKey(path.get(0).text()) ? CheckedJson.UNCLEAR : find(body, path);
    if (list == CheckedJson.UNCLEAR) {
      return null;
    }
    List<@Nullable Object[]> selected = new ArrayList<>();
    if (list == CheckedJson.ABSENT || body[list] != '[') {
      return selected;
    }
    int at = CheckedJson.first(body, list);
    while (at >= 0) {
      if (body[at] != '{') {
        at = CheckedJson.after(body, at);
        continue;
      }
      @Nullable Object[] values = new Object[fields.size()];
      int last = -1;
      int outer = CheckedJson.ABSENT;
      String outerKey = null;
      for (int i = 0; i < values.length; i++) {
        List<PathKey> field = fields.get(i);
        if (!field.get(0).text().equals(outerKey)) {
          outerKey = field.get(0).text();
          outer = CheckedJson.find(body, at, field.get(0));
          last = Math.max(last, outer);
        }
        int value = outer;
        for (int level = 1; level < field.size() && value >= 0; level++) {
          value = CheckedJson.find(body, value, field.get(level));
        }
        if (value == CheckedJson.UNCLEAR) {
          return null;
        }
        values[i] = value == CheckedJson.ABSENT ? null : valueAt(body, value);
      }
      selected.add(values);
      // From the last value on, what is before it was stepped over already.
      int end = last < 0 ? CheckedJson.end(body, at) : CheckedJson.endAround(body, last);
      at = CheckedJson.afterEnd(body, end);
    }
    return selected;
  }

  private static @Nullable Object find(JsonParser parser, List<String> keys) throws IOException {
    parser.nextToken();
    for (String key : keys) {
      if (!(parser.currentToken() == JsonToken.START_OBJECT
          ? toKey(parser, key)
          : parser.currentToken() == JsonToken.START_ARRAY && toElement(parser, key))) {
        return null;
      }
    }
    return Parsers.value(parser);
  }

  private static boolean toKey(JsonParser parser, String key) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(key);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean toElement(JsonParser parser, String key) throws IOException {
    int index = KubernetesObjects.index(key);
    if (index < 0) {
      return false;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == index) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  @Override
  public Map<String, Object> asMap() {
    Map<String, Object> map = parsed;
    if (map == null) {
      // Two threads may both parse; they find the same, and the map is immutable.
      map = parse();
      parsed = map;
    }
    return map;
  }

  private Map<String, Object> parse() {
    try (JsonParser parser = parser()) {
      parser.nextToken();
      Map<String, Object> map = Parsers.object(parser);
      if (added.isEmpty()) {
        return map;
      }
      Map<String, Object> all = new LinkedHashMap<>(added);
      all.putAll(map);
      return Collections.unmodifiableMap(all);
    } catch (IOException e) {
      throw checkedBefore(e);
    }
  }

  @Override
  public KubernetesObject withField(@Nullable Object value, String... path) {
    return KubernetesObject.of(asMap()).withField(value, path);
  }

  @Override
  public KubernetesObject withoutField(String... path) {
    KubernetesObject whole = KubernetesObject.of(asMap());
    KubernetesObject less = whole.withoutField(path);
    return less == whole ? this : less;
  }

  /** Writes the bytes of the response; what was added comes first. */
  void writeTo(OutputStream out) throws IOException {
    byte[] body = source.array();
    if (added.isEmpty()) {
      write(body, offset, length, out);
      return;
    }
    String first = Json.write(added);
    out.write(first.substring(0, first.length() - 1).getBytes(StandardCharsets.UTF_8));
    if (body[WhiteSpace.skip(body, offset + 1)] != '}') {
      out.write(',');
    }
    write(body, offset + 1, length - 1, out);
  }

  private static void write(byte[] body, int from, int size, OutputStream out) throws IOException {
    if (out instanceof SliceSink sink) {
      sink.slice(body, from, size);
    } else {
      out.write(body, from, size);
    }
  }

  private JsonParser parser() throws IOException {
    return Parsers.OBJECTS.createParser(source.array(), offset, length);
  }

  private static UncheckedIOException checkedBefore(IOException e) {
    return new UncheckedIOException("the list was read, so its objects can be", e);
  }

  private ByteBuffer bytes() {
    return ByteBuffer.wrap(source.array(), offset, length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawObject raw && added.equals(raw.added) && bytes().equals(raw.bytes());
  }

  @Override
  public int hashCode() {
    return Objects.hash(added, bytes());
  }

  /** The name, and nothing else: objects may hold secrets. */
  @Override
  public String toString() {
    return KubernetesObjects.describe(this);
  }
}
