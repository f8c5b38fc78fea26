package dev.sinter.tests.fuzz;

import dev.sinter.tests.support.Devices;
import java.util.*;

final class Main0 {
    public static void main(String[] a) {
        long first = Long.parseLong(a[0]), count = Long.parseLong(a[1]);
        Subjects subjects = new Subjects(Devices.of(Devices.JVM), Optional.of(Devices.of(Devices.OPENCL)), Integer.parseInt(a[2]));
        long t = System.nanoTime();
        Map<String, Integer> ops = new TreeMap<>();
        int bad = 0; long gen=0;
        for (long seed = first; seed < first + count; seed++) {
            long t0=System.nanoTime();
            FuzzNetwork n = RandomModels.of(seed);
            gen+=System.nanoTime()-t0;
            n.nodes().forEach(x -> ops.merge(x.operator(), 1, Integer::sum));
            List<Failure> f = Check.of(n, subjects.of(seed));
            if (!f.isEmpty()) { bad++;
                System.out.println("seed " + seed);
                f.forEach(x -> { String s=x.toString(); System.out.println("   " + s.substring(0, Math.min(700,s.length())).replace("\n","\n     ")); });
                if (a.length > 3) System.out.println(n);
            }
        }
        System.out.println(ops);
        System.out.println(count + " networks, " + bad + " bad, " + (System.nanoTime() - t) / 1e9 + " s, generation "+gen/1e9);
    }
}
