# SPDX-License-Identifier: Apache-2.0
# The picture of docs/results/explore.md, from the report of the search in explore/resnet20.yaml:
#   gnuplot -e "csv='out/report.csv'" flow/studies/explore_resnet20.gp > docs/results/pictures/explore_resnet20.svg
set terminal svg size 900,400 font "sans,12" background "white"
set datafile separator comma
set multiplot layout 1,2
set ylabel "accuracy under noise (%)"
set yrange [0:100]
set grid lc "#dddddd"
schemes = "conventional zebra bfp column_quant"
colours = "#4477aa #ee6677 #228833 #ccbb44"
y(scheme, front) = strstrt(strcol("label"), scheme) == 1 && column("front") == front ? column("accuracy_noisy") : NaN
do for [figure in "conversion_steps area_kge"] {
  if (figure eq "area_kge") {
    unset logscale x
    set format x "%g"
    set xlabel "periphery (kGE)"
    set key bottom right
  } else {
    set logscale x
    set format x "10^{%L}"
    set xlabel "conversions · 2^{bits} (M)"
    unset key
  }
  plot for [i = 1:4] csv using figure:(y(word(schemes, i), 0)) pt 6 ps 0.7 lw 1.5 lc rgb word(colours, i) notitle, \
       for [i = 1:4] csv using figure:(y(word(schemes, i), 1)) pt 7 ps 0.9 lc rgb word(colours, i) notitle, \
       for [i = 1:4] NaN with points pt 7 lc rgb word(colours, i) title word(schemes, i) noenhanced
}
unset multiplot
