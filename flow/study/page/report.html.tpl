<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="cimrtl {{version}}">
<title>{{title}}</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 1100px; padding: 0 1em; color: #222; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2em 0.7em; border-bottom: 1px solid #ddd; text-align: right; }
th:first-child, td:first-child, td.checked { text-align: left; }
tr.heading td { text-align: left; font-weight: bold; border-bottom: 2px solid #888; padding-top: 0.8em; }
td.differs { color: #b00020; font-weight: bold; }
figure { margin: 2em 0; }
svg { max-width: 100%; height: auto; }
pre { background: #f5f5f5; padding: 0.8em; overflow-x: auto; }
</style>
</head>
<body>
<h1>{{title}}</h1>
<table>
<thead><tr><th>row</th>{{#columns}}<th>{{head}}</th>{{/columns}}<th>= golden</th></tr></thead>
<tbody>
{{#rows}}
{{#heading}}<tr class="heading"><td colspan="{{width}}">{{heading}}</td></tr>
{{/heading}}
<tr><td>{{label}}</td>{{#cells}}<td>{{cell}}</td>{{/cells}}<td class="checked{{#differs}} differs{{/differs}}">{{checked}}</td></tr>
{{/rows}}
</tbody>
</table>
{{#figures}}
<figure>{{{svg}}}</figure>
{{/figures}}
{{#no_gnuplot}}
<p>No plots: gnuplot is not installed. On Debian: <code>apt install gnuplot-nox</code>, then run the same command again; finished rows are reused.</p>
{{/no_gnuplot}}
<h2>What the figures are</h2>
<ul>
{{#notes}}
<li>{{note}}</li>
{{/notes}}
</ul>
<h2>Configs</h2>
{{#rows}}
<details><summary>{{label}}</summary><pre>{{config}}</pre></details>
{{/rows}}
</body>
</html>
