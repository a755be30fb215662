/**
 * Followspot in a servlet container.
 *
 * <p>{@link dev.followspot.servlet.FollowspotServlet} serves Backstage's HTTP contract in any
 * container of Jakarta Servlet 6 or later, with asynchronous I/O and upgrades. {@link
 * dev.followspot.servlet.CallerConnection} is where a container can do more for it than the servlet
 * API has.
 */
@NullMarked
package dev.followspot.servlet;

import org.jspecify.annotations.NullMarked;
