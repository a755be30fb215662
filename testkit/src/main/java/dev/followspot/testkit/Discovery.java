package dev.followspot.testkit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the API server says of itself. */
final class Discovery {

  private static final List<String> VERBS = List.of("get", "list");

  private Discovery() {}

  /** Paths that everybody may get, without any account. */
  static boolean isPublic(String path) {
    return path.equals("/version")
        || path.equals("/healthz")
        || path.equals("/livez")
        || path.equals("/readyz");
  }

  /** Paths that everybody may get who has an account. */
  static boolean isForAccounts(String path) {
    return isPublic(path)
        || path.equals("/api")
        || path.startsWith("/api/")
        || path.equals("/apis")
        || path.startsWith("/apis/");
  }

  /** What the API server says of a type or version that it does not know, in a group it knows. */
  static Answer notServed(String group, List<ServedType> types) {
    boolean builtIn =
        types.stream()
            .anyMatch(
                type ->
                    type.group().equals(group)
                        && !type.custom()
                        && !type.equals(BuiltInTypes.POD_METRICS));
    return builtIn ? Status.noSuchResource() : Answer.notServed();
  }

  static @Nullable Answer answer(String path, List<ServedType> types) {
    String[] parts = path.substring(1).split("/", -1);
    int depth = parts.length;
    return switch (parts[0]) {
      case "healthz", "livez", "readyz" -> depth == 1 ? Answer.plain(200, "ok") : null;
      case "version" -> depth == 1 ? version() : null;
      case "api" ->
          depth == 1 ? coreVersions() : depth == 2 ? resources("", parts[1], types) : null;
      case "apis" ->
          switch (depth) {
            case 1 -> groups(types);
            case 2 -> group(parts[1], types);
            case 3 -> resources(parts[1], parts[2], types);
            default -> null;
          };
      default -> null;
    };
  }

  private static Answer coreVersions() {
    return Answer.json(200, object("APIVersions", null, Map.of("versions", List.of("v1"))));
  }

  private static Answer version() {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("major", "1");
    version.put("minor", "36");
    version.put("gitVersion", "v1.36.3");
    version.put("platform", "linux/amd64");
    return Answer.json(200, version);
  }

  private static Answer groups(List<ServedType> types) {
    List<?> groups =
        types.stream()
            .map(ServedType::group)
            .filter(group -> !group.isEmpty())
            .distinct()
            .map(group -> groupOf(group, types))
            .toList();
    return Answer.json(200, object("APIGroupList", "v1", Map.of("groups", groups)));
  }

  private static @Nullable Answer group(String group, List<ServedType> types) {
    return types.stream().anyMatch(type -> !group.isEmpty() && type.group().equals(group))
        ? Answer.json(200, object("APIGroup", "v1", groupOf(group, types)))
        : null;
  }

  private static Map<String, Object> groupOf(String group, List<ServedType> types) {
    Set<String> versions =
        types.stream()
            .filter(type -> type.group().equals(group))
            .flatMap(type -> type.versions().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Map<String, Object>> all =
        versions.stream()
            .map(v -> JsonText.object("groupVersion", group + "/" + v, "version", v))
            .toList();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", group);
    object.put("versions", all);
    object.put("preferredVersion", all.get(0));
    return object;
  }

  private static @Nullable Answer resources(String group, String version, List<ServedType> types) {
    List<ServedType> here =
        types.stream()
            .filter(type -> type.group().equals(group) && type.versions().contains(version))
            .toList();
    if (here.isEmpty()) {
      return null;
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("groupVersion", here.get(0).groupVersion(version));
    content.put("resources", here.stream().map(Discovery::resource).toList());
    return Answer.json(200, object("APIResourceList", "v1", content));
  }

  private static Map<String, Object> resource(ServedType type) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", type.plural());
    resource.put("singularName", type.singular());
    resource.put("namespaced", type.namespaced());
    resource.put("kind", type.kind());
    resource.put("verbs", VERBS);
    return resource;
  }

  private static Map<String, Object> object(
      String kind, @Nullable String apiVersion, Map<String, ?> content) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", kind);
    if (apiVersion != null) {
      object.put("apiVersion", apiVersion);
    }
    object.putAll(content);
    return object;
  }
}
