<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="cimrtl {{version}}">
<title>{{title}}</title>
<style>
{{{style}}}
</style>
</head>
<body>
<h1>{{title}}</h1>
<p id="shown"></p>
<div>
  <label>across <select id="x"></select></label>
  <label>up <select id="y"></select></label>
  <label><input type="checkbox" id="logx"> logarithmic across</label>
  <label><input type="checkbox" id="fronts"> the front alone</label>
</div>
<canvas id="plot" height="460"></canvas>
<div id="legend"></div>
<h2>Point</h2>
<p><b id="name">Choose a point in a plot or in the table.</b> <button id="copy" hidden>Copy the config</button></p>
<pre id="config" hidden></pre>
<h2>All figures of a point as a line</h2>
<p>Drag along an axis to keep the points inside; click on it to take the range away.</p>
<canvas id="lines" height="320"></canvas>
<h2>Table</h2>
<p>Click on a head to sort. Filters: a text, or a number behind &lt; &lt;= &gt; &gt;= = !=.
  <button id="clear">No filters</button>
  <button id="back">&lt;</button> <span id="page"></span> <button id="on">&gt;</button></p>
<div class="scroll"><table><thead><tr id="heads"></tr><tr id="filters"></tr></thead><tbody id="rows"></tbody></table></div>
<h2>What the figures are</h2>
<ul>
{{#notes}}
<li>{{note}}</li>
{{/notes}}
</ul>
<div id="tip"></div>
<script id="data" type="application/json">{{{data}}}</script>
<script>
{{{script}}}
</script>
</body>
</html>
