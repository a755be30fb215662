package dev.followspot.spi;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the configuration that belongs to an extension. Every reader throws a {@link
 * ConfigurationException} that names file, line, key, the bad value and what is expected; a reader
 * without {@code Optional} also if the key is missing.
 *
 * <p>Read everything that you know of in the factory's {@code create}: a key that nobody asked for
 * by then is reported as probably misspelt, with the nearest key that was asked for.
 *
 * <p>Texts that are empty count as absent, as in Backstage.
 */
public interface ExtensionConfig {

  /**
   * The text at a key.
   *
   * @param key a key below this part of the configuration; no path
   * @return the text, never empty
   */
  String string(String key);

  /**
   * The text at a key that may be absent.
   *
   * @param key the key
   * @return the text
   */
  Optional<String> optionalString(String key);

  /**
   * A secret that may be absent: its value never shows in a message.
   *
   * @param key the key
   * @return the secret
   */
  Optional<Secret> optionalSecret(String key);

  /**
   * An http or https address with a host.
   *
   * @param key the key
   * @return the address
   */
  URI uri(String key);

  /**
   * An http or https address that may be absent.
   *
   * @param key the key
   * @return the address
   */
  Optional<URI> optionalUri(String key);

  /**
   * A file that may be absent; relative paths start at the folder of the configuration file.
   *
   * @param key the key
   * @return the absolute path; whether there is such a file is not checked
   */
  Optional<Path> optionalPath(String key);

  /**
   * A list of files that may be absent, each as with {@link #optionalPath}.
   *
   * @param key the key
   * @return the absolute paths
   */
  Optional<List<Path>> optionalPaths(String key);

  /**
   * A boolean that may be absent.
   *
   * @param key the key
   * @return the boolean
   */
  Optional<Boolean> optionalBoolean(String key);

  /**
   * A whole number within bounds that may be absent.
   *
   * @param key the key
   * @param min the least value allowed
   * @param max the greatest value allowed
   * @return the number
   */
  Optional<Long> optionalInteger(String key, long min, long max);

  /**
   * A duration that may be absent: {@code 10s}, {@code 500ms}, {@code 2m}, {@code 1h}, ISO 8601
   * such as {@code PT10S}, or as in Backstage an object such as {@code { seconds: 10 }}.
   *
   * @param key the key
   * @return the duration, not negative
   */
  Optional<Duration> optionalDuration(String key);

  /**
   * A list of texts that may be absent.
   *
   * @param key the key
   * @return the texts
   */
  Optional<List<String>> optionalStrings(String key);

  /**
   * An object of texts; numbers and booleans count as texts.
   *
   * @param key the key
   * @return the texts by key, empty if the key is absent
   */
  Map<String, String> stringMap(String key);

  /**
   * An object below this one.
   *
   * @param key the key
   * @return the object, empty if the key is absent
   */
  Optional<ExtensionConfig> optionalSection(String key);

  /**
   * A list of objects.
   *
   * @param key the key
   * @return the objects, empty if the key is absent
   */
  List<ExtensionConfig> sections(String key);

  /**
   * Everything below a key as plain values, for structures that only the extension knows.
   *
   * @param key the key
   * @return the value, empty if the key is absent
   */
  Optional<Object> raw(String key);

  /**
   * The keys that are there.
   *
   * @return the keys in the order of the file
   */
  Set<String> keys();

  /**
   * A mistake that the extension found itself, with the location of the key.
   *
   * @param key the key; the empty text for this part as a whole
   * @param message what is wrong, and what is allowed
   * @return the exception to throw
   */
  ConfigurationException problem(String key, String message);
}
