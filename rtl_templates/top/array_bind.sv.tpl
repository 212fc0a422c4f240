<%banner%>
// Do not edit: change the config and generate again.
//
// Binds the checker of the array port to every <%name%>_array.
bind <%name%>_array <%name%>_array_checker u_array_checker (
<%#array_connections%>
  .<%port%>(<%port%>)<%end%>
<%/array_connections%>
);
