package dev.followspot.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Reads the body of a request before the servlet can, where a header asks for it. */
final class ReadingFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  static final String HEADER = "X-Filter: reads";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("X-Filter") != null) {
      request.getInputStream().readAllBytes();
    }
    chain.doFilter(request, response);
  }
}
