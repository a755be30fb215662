package dev.followspot.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one HTTP message, in their order. Names are compared without regard to case,
 * and keep the case in which they came.
 *
 * <p>Immutable. {@link #toString()} shows the names and no value, since values may be secret.
 */
public final class HttpHeaders {

  private static final HttpHeaders NONE = new HttpHeaders(List.of());
  private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";

  private final List<Field> fields;

  /**
   * One header field.
   *
   * @param name its name, a token of RFC 9110
   * @param value its value, without line breaks and other control characters but the tab
   */
  public record Field(String name, String value) {

    /** Checks the components; messages never show the value. */
    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      if (name.isEmpty() || !name.chars().allMatch(HttpHeaders::isTokenChar)) {
        throw new IllegalArgumentException("a header has a name that HTTP does not allow");
      }
      if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
        throw new IllegalArgumentException(
            "the value of header " + name + " holds a line break or another control character");
      }
      value = value.strip();
    }

    /** The name, and no value. */
    @Override
    public String toString() {
      return name;
    }
  }

  private HttpHeaders(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  private static boolean isTokenChar(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || TOKEN_EXTRAS.indexOf(c) >= 0;
  }

  /**
   * No header.
   *
   * @return an empty value
   */
  public static HttpHeaders none() {
    return NONE;
  }

  /**
   * One header.
   *
   * @param name its name
   * @param value its value
   * @return the headers
   * @throws IllegalArgumentException if HTTP does not allow the name or the value
   */
  public static HttpHeaders of(String name, String value) {
    return new HttpHeaders(List.of(new Field(name, value)));
  }

  /**
   * Several headers.
   *
   * @param fields the headers in their order; a name may come several times
   * @return the headers
   */
  public static HttpHeaders of(List<Field> fields) {
    return new HttpHeaders(fields);
  }

  /**
   * All headers.
   *
   * @return in their order, unchangeable
   */
  public List<Field> fields() {
    return fields;
  }

  /**
   * The first header of a name.
   *
   * @param name in any case
   * @return its value, possibly the empty text; empty if there is none
   */
  public Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  /**
   * The values of all headers of a name.
   *
   * @param name in any case
   * @return in their order, possibly none
   */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /**
   * Whether there is a header of a name.
   *
   * @param name in any case
   * @return true if there is at least one
   */
  public boolean contains(String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  /**
   * The names that occur.
   *
   * @return each once, in lower case, in their order
   */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    fields.forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
    return names;
  }

  /**
   * A copy with one header more, at the end.
   *
   * @param name its name
   * @param value its value
   * @return the copy
   * @throws IllegalArgumentException if HTTP does not allow the name or the value
   */
  public HttpHeaders and(String name, String value) {
    List<Field> copy = new ArrayList<>(fields);
    copy.add(new Field(name, value));
    return new HttpHeaders(copy);
  }

  /**
   * A copy in which a header has one value only.
   *
   * @param name its name
   * @param value its value, instead of all that it had
   * @return the copy
   * @throws IllegalArgumentException if HTTP does not allow the name or the value
   */
  public HttpHeaders with(String name, String value) {
    return without(name).and(name, value);
  }

  /**
   * A copy without a header.
   *
   * @param name in any case
   * @return the copy
   */
  public HttpHeaders without(String name) {
    return filter(field -> !field.name().equalsIgnoreCase(name));
  }

  /**
   * A copy with some of the headers.
   *
   * @param wanted true for those to keep
   * @return the copy
   */
  public HttpHeaders filter(Predicate<Field> wanted) {
    List<Field> kept = fields.stream().filter(wanted).toList();
    return kept.size() == fields.size() ? this : new HttpHeaders(kept);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HttpHeaders headers && byName(this).equals(byName(headers));
  }

  @Override
  public int hashCode() {
    return byName(this).hashCode();
  }

  private static Map<String, List<String>> byName(HttpHeaders headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    headers.names().forEach(name -> byName.put(name, headers.all(name)));
    return byName;
  }

  @Override
  public String toString() {
    return "HttpHeaders" + names();
  }
}
