package dev.followspot.testkit;

import dev.followspot.spi.KubernetesObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers lists: selectors and pages. Safe for use by several threads. */
final class Lists {

  private static final String TOKEN_PREFIX = "mock-page-";

  private final World world;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final AtomicLong pagesMade = new AtomicLong();

  Lists(World world) {
    this.world = world;
  }

  /** What is left of a list, as it was when its first page was asked for. */
  private record Page(List<KubernetesObject> rest, String resourceVersion) {}

  void expireContinueTokens() {
    pages.clear();
  }

  Answer list(ServedType type, ApiPath path, Map<String, List<String>> query) {
    String token = first(query, "continue");
    if (first(query, "watch").equals("true") || first(query, "watch").equals("1")) {
      return Status.of(400, "BadRequest", "the mock API server has no watches; list instead");
    }
    Integer limit = limit(query.containsKey("limit") ? first(query, "limit") : "0");
    if (limit == null) {
      return Status.of(
          400,
          "BadRequest",
          "strconv.ParseInt: parsing \"" + first(query, "limit") + "\": invalid syntax");
    }
    Page page;
    if (token.isEmpty()) {
      page = new Page(world.objects(type, path.namespace()), world.resourceVersion());
    } else {
      String id = decoded(token);
      if (id == null) {
        return Status.of(
            400, "BadRequest", "continue key is not valid: not a token of this server");
      }
      page = pages.get(id);
      if (page == null) {
        return Status.of(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result."
                + " Start a new list without the continue parameter.");
      }
    }
    try {
      return answer(type, path, page, limit, selected(query));
    } catch (IllegalArgumentException e) {
      return Status.of(400, "BadRequest", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Takes objects until the page is full. As in the API server, there is a next page as long as
   * there are any more objects, even if none of them is selected.
   */
  private Answer answer(
      ServedType type,
      ApiPath path,
      Page page,
      int limit,
      @Nullable Predicate<KubernetesObject> selected) {
    List<Map<String, Object>> items = new ArrayList<>();
    int next = 0;
    while (next < page.rest().size() && (limit == 0 || items.size() < limit)) {
      KubernetesObject object = page.rest().get(next++);
      if (selected == null || selected.test(object)) {
        items.add(type.custom() ? whole(type, path, object) : bare(object));
      }
    }
    int left = page.rest().size() - next;
    Map<String, Object> metadata = JsonText.object("resourceVersion", page.resourceVersion());
    if (left > 0) {
      String id = TOKEN_PREFIX + pagesMade.incrementAndGet();
      pages.put(id, new Page(page.rest().subList(next, next + left), page.resourceVersion()));
      metadata.put("continue", encoded(id));
      if (selected == null) {
        metadata.put("remainingItemCount", left);
      }
    }
    return Answer.json(
        200,
        JsonText.object(
            "kind",
            type.kind() + "List",
            "apiVersion",
            type.groupVersion(path.version()),
            "metadata",
            metadata,
            "items",
            items));
  }

  /** An object with its kind and version, as it is got, and as it is listed if a CRD made it. */
  static Map<String, Object> whole(ServedType type, ApiPath path, KubernetesObject object) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("kind", type.kind());
    whole.put("apiVersion", type.groupVersion(path.version()));
    object.asMap().forEach(whole::putIfAbsent);
    return whole;
  }

  private static Map<String, Object> bare(KubernetesObject object) {
    return object.withoutField("kind").withoutField("apiVersion").asMap();
  }

  /** Null if everything is selected. */
  private static @Nullable Predicate<KubernetesObject> selected(Map<String, List<String>> query) {
    Predicate<KubernetesObject> selected = null;
    String labels = first(query, "labelSelector");
    if (!labels.isBlank()) {
      Predicate<Map<String, String>> wanted = parsed(labels);
      selected = object -> wanted.test(object.labels());
    }
    String fields = first(query, "fieldSelector");
    for (String field : fields.isEmpty() ? List.<String>of() : List.of(fields.split(","))) {
      selected = selected == null ? fieldEquals(field) : selected.and(fieldEquals(field));
    }
    return selected;
  }

  private static Predicate<Map<String, String>> parsed(String labels) {
    try {
      return LabelSelector.parse(labels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unable to parse requirement: " + e.getMessage(), e);
    }
  }

  private static Predicate<KubernetesObject> fieldEquals(String field) {
    String[] parts = field.split("==?", 2);
    if (parts.length < 2 || parts[0].endsWith("!")) {
      throw new IllegalArgumentException(
          "invalid selector: '" + field + "'; the mock understands metadata.name=x and the like");
    }
    String[] path = parts[0].split("\\.", -1);
    return object -> object.text(path).orElse("").equals(parts[1]);
  }

  private static @Nullable Integer limit(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String first(Map<String, List<String>> query, String name) {
    return query.getOrDefault(name, List.of("")).get(0);
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String decoded(String token) {
    try {
      String id = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return id.startsWith(TOKEN_PREFIX) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
