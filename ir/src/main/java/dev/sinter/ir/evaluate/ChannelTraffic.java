package dev.sinter.ir.evaluate;

import dev.sinter.ir.evaluate.SharedMemory.Loaded;
import dev.sinter.ir.kernel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The channels between kernels that are evaluated at the same time, each in a thread of its own. A kernel waits where
/// it must; where all of them wait, none will ever go on.
final class ChannelTraffic {
    private final Map<Channel, Deque<Element>> queues = new HashMap<>();
    private int running;
    private int waiting;
    private boolean stuck;

    /// @param number which of the channel's elements the writer says it is
    record Element(long number, Loaded value) {}

    /// @param kernels how many run
    ChannelTraffic(int kernels) {
        this.running = kernels;
    }

    /// Puts an element in; false where there never will be room for it.
    synchronized boolean put(Channel channel, Element element) {
        Deque<Element> queue = queue(channel);
        while (queue.size() >= channel.depth()) {
            if (!isWorthWaiting()) {
                return false;
            }
        }
        queue.add(element);
        wake();
        return true;
    }

    /// Takes an element out; none where none will ever come.
    synchronized Optional<Element> take(Channel channel) {
        Deque<Element> queue = queue(channel);
        while (queue.isEmpty()) {
            if (!isWorthWaiting()) {
                return Optional.empty();
            }
        }
        Element element = queue.remove();
        wake();
        return Optional.of(element);
    }

    /// One kernel is done.
    synchronized void leave() {
        running--;
        stuck |= running > 0 && waiting == running;
        notifyAll();
    }

    /// Elements that nobody took.
    synchronized Map<Channel, Integer> left() {
        Map<Channel, Integer> left = new HashMap<>();
        queues.forEach((channel, queue) -> {
            if (!queue.isEmpty()) {
                left.put(channel, queue.size());
            }
        });
        return left;
    }

    private Deque<Element> queue(Channel channel) {
        return queues.computeIfAbsent(channel, _ -> new ArrayDeque<>());
    }

    private void wake() {
        // Whoever waits looks again, and counts itself again if that was in vain.
        waiting = 0;
        notifyAll();
    }

    private boolean isWorthWaiting() {
        waiting++;
        stuck |= waiting == running;
        if (stuck) {
            notifyAll();
            return false;
        }
        try {
            wait();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !stuck;
    }
}
