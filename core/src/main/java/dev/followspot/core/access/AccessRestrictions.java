package dev.followspot.core.access;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token of {@code backend.auth.externalAccess} is limited to.
 *
 * @param plugins the plugins that it is for
 * @param permissions what it may do here; none if it is for other plugins only
 */
record AccessRestrictions(List<String> plugins, Set<Permission> permissions) {

  private static final String PLUGIN = "kubernetes";

  /** The permissions with the attribute that they only read. */
  private static final Set<Permission> READING =
      EnumSet.of(Permission.RESOURCES_READ, Permission.CLUSTERS_READ);

  private static final List<String> ACTIONS = List.of("create", "read", "update", "delete");

  AccessRestrictions {
    plugins = List.copyOf(plugins);
    permissions = Set.copyOf(permissions);
  }

  boolean areForThisPlugin() {
    return plugins.contains(PLUGIN);
  }

  /**
   * Reads {@code accessRestrictions}.
   *
   * @return null if there are none
   * @throws ConfigurationException with every mistake
   */
  static @Nullable AccessRestrictions read(ConfigSection access) {
    if (!access.keys().contains("accessRestrictions")) {
      access.raw("accessRestrictions");
      return null;
    }
    ConfigProblems problems = new ConfigProblems();
    List<String> plugins = new ArrayList<>();
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (ConfigSection entry : access.sectionList("accessRestrictions")) {
      String plugin = problems.read(() -> entry.string("plugin"));
      if (plugin != null && plugins.contains(plugin)) {
        problems.add(entry.problem("plugin", Shortened.quoted(plugin) + " is there twice"));
      }
      if (plugin != null) {
        plugins.add(plugin);
      }
      if (PLUGIN.equals(plugin)) {
        Set<Permission> named = problems.read(() -> permissions(entry));
        Set<Permission> acting = problems.read(() -> permissionsOfActions(entry));
        if (named != null && acting != null) {
          permissions.addAll(named);
          permissions.retainAll(acting);
        }
      } else {
        entry.raw("permission");
        entry.raw("permissionAttribute");
      }
    }
    if (plugins.isEmpty() && problems.isEmpty()) {
      problems.add(
          access.problem(
              "accessRestrictions", "is empty; name a plugin, or remove it for all plugins"));
    }
    problems.throwIfAny();
    return new AccessRestrictions(plugins, permissions);
  }

  private static Set<Permission> permissions(ConfigSection entry) {
    List<String> names = texts(entry, "permission");
    if (names.isEmpty()) {
      return EnumSet.allOf(Permission.class);
    }
    ConfigProblems problems = new ConfigProblems();
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String name : names) {
      Permission.of(name)
          .ifPresentOrElse(
              permissions::add,
              () -> problems.add(entry.problem("permission", Permissions.unknown(name))));
    }
    problems.throwIfAny();
    return permissions;
  }

  private static Set<Permission> permissionsOfActions(ConfigSection entry) {
    if (!entry.keys().contains("permissionAttribute")) {
      entry.raw("permissionAttribute");
      return EnumSet.allOf(Permission.class);
    }
    ConfigSection attribute = entry.section("permissionAttribute");
    for (String key : attribute.keys()) {
      if (!key.equals("action")) {
        throw attribute.problem(key, "is no attribute of permissions; only action is known");
      }
    }
    List<String> actions = texts(attribute, "action");
    for (String action : actions) {
      if (!ACTIONS.contains(action)) {
        throw attribute.problem(
            "action",
            "has " + Shortened.quoted(action) + "; known are " + String.join(", ", ACTIONS));
      }
    }
    return actions.contains("read")
        ? READING
        : actions.isEmpty() ? EnumSet.allOf(Permission.class) : EnumSet.noneOf(Permission.class);
  }

  /** A text with commas or blanks, or a list of texts, as in Backstage. */
  private static List<String> texts(ConfigSection section, String key) {
    Set<String> texts = new LinkedHashSet<>();
    boolean list = section.raw(key).orElse("") instanceof List<?>;
    List<String> values =
        list
            ? section.optionalStrings(key).orElse(List.of())
            : section.optionalString(key).stream().toList();
    for (String value : values) {
      Arrays.stream(value.split("[\\s,]+")).filter(part -> !part.isEmpty()).forEach(texts::add);
    }
    return List.copyOf(texts);
  }
}
