package dev.followspot.core.customresource;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ResourceType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads lists of custom resources, of {@code kubernetes} and of a cluster alike:
 *
 * <pre>
 * customResources:
 *   - group: stable.example.com
 *     apiVersion: v1
 *     plural: crontabs
 * </pre>
 */
public final class CustomResourceConfig {

  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern GROUP = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern NAME = Pattern.compile(LABEL);
  private static final int MAX_GROUP = 253;

  private CustomResourceConfig() {}

  /**
   * Reads a list.
   *
   * @param section the object that holds the list
   * @param key its key
   * @return the custom resources, each once, in the order of the file; empty if the key is absent
   * @throws ConfigurationException with every mistake of the list: an entry without {@code group},
   *     {@code apiVersion} or {@code plural}, or with one that Kubernetes does not allow
   */
  public static List<ResourceType> read(ConfigSection section, String key) {
    ConfigProblems problems = new ConfigProblems();
    Set<ResourceType> types = new LinkedHashSet<>();
    for (ConfigSection entry : section.sectionList(key)) {
      String group = problems.read(() -> group(entry));
      String version = problems.read(() -> version(entry));
      String plural = problems.read(() -> plural(entry));
      if (group != null && version != null && plural != null) {
        types.add(ResourceType.custom(group, version, plural));
      }
    }
    problems.throwIfAny();
    return List.copyOf(types);
  }

  private static String group(ConfigSection entry) {
    String group = entry.string("group");
    if (group.length() > MAX_GROUP || !GROUP.matcher(group).matches()) {
      throw wrong(entry, "group", group, "an API group in lower case, such as stable.example.com");
    }
    return group;
  }

  private static String version(ConfigSection entry) {
    String version = entry.string("apiVersion");
    if (version.indexOf('/') >= 0) {
      throw wrong(entry, "apiVersion", version, "the version alone, such as v1, without the group");
    }
    return name(entry, "apiVersion", version, "a version, such as v1 or v1beta1");
  }

  private static String plural(ConfigSection entry) {
    return name(
        entry, "plural", entry.string("plural"), "a plural name in lower case, such as crontabs");
  }

  private static String name(ConfigSection entry, String key, String text, String wanted) {
    if (!NAME.matcher(text).matches()) {
      throw wrong(entry, key, text, wanted);
    }
    return text;
  }

  private static ConfigurationException wrong(
      ConfigSection entry, String key, String value, String wanted) {
    String start = value.length() <= 80 ? value : value.substring(0, 80) + "…";
    return entry.problem(
        key, "is '" + start.replaceAll("\\p{Cntrl}", "\uFFFD") + "'; wanted " + wanted);
  }
}
