package dev.followspot.core.fetch;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;

/**
 * How lists are read.
 *
 * @param pageSize how many objects of a list are asked for at first; as in kubectl, 500 by default.
 *     Later requests ask for more if the objects are small: for 16 MiB
 * @param maxObjects after how many objects of one list it is cut off; its cell is then {@code
 *     truncated}. 10,000 by default
 * @param maxBytes after how many bytes of one list no further page is asked for; its cell is then
 *     {@code truncated}. 64 MiB by default
 */
public record FetchSettings(int pageSize, int maxObjects, long maxBytes) {

  /** What counts without configuration. */
  public static final FetchSettings DEFAULT = new FetchSettings(500, 10_000, 64L << 20);

  /** Checks the components. */
  public FetchSettings {
    if (pageSize < 1 || maxObjects < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("pageSize, maxObjects and maxBytes must be at least 1");
    }
  }

  /**
   * Reads {@code followspot.fetch}.
   *
   * @param section the section, possibly without keys
   * @return the settings
   * @throws dev.followspot.spi.ConfigurationException with every mistake
   */
  public static FetchSettings from(ConfigSection section) {
    ConfigProblems problems = new ConfigProblems();
    Long page = problems.read(() -> number(section, "pageSize", DEFAULT.pageSize));
    Long max = problems.read(() -> number(section, "maxObjects", DEFAULT.maxObjects));
    Long bytes =
        problems.read(
            () -> section.optionalInteger("maxBytes", 1, 1L << 40).orElse(DEFAULT.maxBytes));
    problems.throwIfAny();
    return page == null || max == null || bytes == null
        ? DEFAULT
        : new FetchSettings(page.intValue(), max.intValue(), bytes);
  }

  private static Long number(ConfigSection section, String key, long otherwise) {
    return section.optionalInteger(key, 1, 1_000_000).orElse(otherwise);
  }
}
