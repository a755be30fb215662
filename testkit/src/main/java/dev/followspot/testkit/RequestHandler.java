package dev.followspot.testkit;

import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers one request after the other, spoils some, and remembers all. */
final class RequestHandler implements Listener.Handler {

  private final World world;
  private final ApiServer api;
  private final FaultRules faults;
  private final List<MockRequest> requests = new ArrayList<>();

  RequestHandler(World world, ApiServer api, FaultRules faults) {
    this.world = world;
    this.api = api;
    this.faults = faults;
  }

  List<MockRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  void clearRequests() {
    synchronized (requests) {
      requests.clear();
    }
  }

  @Override
  public Listener.Reply handle(
      String method, String url, @Nullable String authorization, String protocol) {
    int mark = url.indexOf('?');
    String path = mark < 0 ? url : url.substring(0, mark);
    Map<String, List<String>> query = ApiPath.query(mark < 0 ? null : url.substring(mark + 1));
    String token = bearer(authorization);
    Account account = api.account(token);
    Fault fault = faults.take(path);
    Answer answer = api.answer(method, path, query, account);
    if (fault != null) {
      answer = spoilt(answer, fault);
    }
    boolean answered =
        fault == null || (fault.kind() != Fault.Kind.HANG && fault.kind() != Fault.Kind.RESET);
    remember(method, path, query, token, account, answered ? answer.status() : 0, protocol);
    return new Listener.Reply(answer, fault);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    String scheme = "bearer ";
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(scheme)
        ? authorization.substring(scheme.length()).strip()
        : null;
  }

  private static Answer spoilt(Answer answer, Fault fault) {
    Answer other = fault.answer();
    if (other != null) {
      return other;
    }
    if (fault.kind() == Fault.Kind.JUNK) {
      return Answer.text(200, "application/json", "");
    }
    return fault.kind() == Fault.Kind.NULL_ITEMS ? withNullItems(answer) : answer;
  }

  private static Answer withNullItems(Answer answer) {
    try {
      Map<String, @Nullable Object> list =
          new LinkedHashMap<>(JsonText.read(new String(answer.body(), StandardCharsets.UTF_8)));
      if (list.containsKey("items")) {
        list.put("items", null);
      }
      return answer.withBody(JsonText.write(list));
    } catch (IOException e) {
      return answer;
    }
  }

  private void remember(
      String method,
      String rawPath,
      Map<String, List<String>> query,
      @Nullable String token,
      @Nullable Account account,
      int status,
      String protocol) {
    ApiPath path = ApiPath.parse(rawPath);
    ServedType type = path == null ? null : world.type(path.group(), path.version(), path.plural());
    MockRequest request =
        new MockRequest(
            method,
            rawPath,
            query,
            path == null ? null : path.namespace(),
            path == null || type == null ? null : type.asResourceType(path.version()),
            path == null ? null : path.name(),
            token == null ? null : Secret.of(token),
            account == null ? null : account.user(),
            status,
            protocol);
    synchronized (requests) {
      requests.add(request);
    }
  }
}
