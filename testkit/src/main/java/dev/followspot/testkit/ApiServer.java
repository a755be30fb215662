package dev.followspot.testkit;

import dev.followspot.spi.KubernetesObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers requests as the API server does: who is it, may they, is it served, is it there. */
final class ApiServer {

  private final World world;
  private final Lists lists;

  ApiServer(World world) {
    this.world = world;
    lists = new Lists(world);
  }

  void expireContinueTokens() {
    lists.expireContinueTokens();
  }

  /** Whose token that is; null if it is nobody's. */
  @Nullable Account account(@Nullable String token) {
    return token == null ? Account.ANONYMOUS : world.account(token);
  }

  Answer answer(
      String method, String rawPath, Map<String, List<String>> query, @Nullable Account account) {
    if (account == null) {
      return Status.unauthorized();
    }
    ApiPath path = ApiPath.parse(rawPath);
    if (path == null) {
      return answerPath(rawPath, account);
    }
    if (!method.equals("GET")) {
      return Status.of(
          405, "MethodNotAllowed", "the mock API server can only be read, not asked to " + method);
    }
    String qualified =
        path.subresource() == null
            ? path.qualifiedName()
            : path.qualifiedName() + "/" + path.subresource();
    if (!account.mayRead(path.namespace(), qualified)) {
      return Status.forbidden(account.user(), path);
    }
    ServedType type = world.type(path.group(), path.version(), path.plural());
    if (type == null || !isServed(type, path)) {
      return Discovery.notServed(path.group(), world.types());
    }
    return path.name() == null ? lists.list(type, path, query) : get(type, path, path.name());
  }

  private static boolean isServed(ServedType type, ApiPath path) {
    if (path.subresource() != null && !path.subresource().equals("status")) {
      return false;
    }
    return type.equals(BuiltInTypes.NAMESPACES)
        || (type.namespaced()
            ? path.namespace() != null || path.name() == null
            : path.namespace() == null);
  }

  private Answer get(ServedType type, ApiPath path, String name) {
    KubernetesObject object = world.object(type, type.namespaced() ? path.namespace() : null, name);
    return object == null
        ? Status.notFound(path)
        : Answer.json(200, Lists.whole(type, path, object));
  }

  private Answer answerPath(String path, Account account) {
    boolean allowed =
        account.isAnonymous()
            ? Discovery.isPublic(path)
            : Discovery.isForAccounts(path) || account.mayDoEverything();
    if (!allowed) {
      return Status.forbiddenPath(account.user(), path);
    }
    Answer answer = Discovery.answer(path, world.types());
    if (answer != null) {
      return answer;
    }
    String[] parts = path.split("/", -1);
    boolean grouped = parts[1].equals("apis") && parts.length > 2;
    return parts[1].equals("api") || grouped
        ? Discovery.notServed(grouped ? parts[2] : "", world.types())
        : Answer.notServed();
  }
}
